using DeepsetCloud.Commands.Errors;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Commands;

/// <summary>The base of all commands: finds the session and turns failures into error records.</summary>
public abstract class DcCmdlet : AsyncCmdlet
{
    private protected DcCmdlet()
    {
    }

    private protected SessionStore Sessions => new(SessionState);

    /// <summary>Finds the session to use. None is a terminating error.</summary>
    private protected DcSession ResolveSession(DcSession? given)
    {
        EnterChannel();
        return OrThrow(() => Sessions.Resolve(given, Log), given ?? (object)"Session");
    }

    /// <summary>Runs a check whose failure ends the command.</summary>
    private protected T OrThrow<T>(Func<T> work, object target)
    {
        try
        {
            return work();
        }
        catch (DcApiException e)
        {
            ThrowTerminatingError(ErrorRecordFactory.From(e, target));
            throw;
        }
    }

    /// <inheritdoc cref="OrThrow{T}"/>
    private protected void OrThrow(Action check, object target) => OrThrow(() =>
    {
        check();
        return true;
    }, target);

    /// <summary>Writes an error; one that makes all later work pointless ends the command.</summary>
    private protected void WriteApiError(DcApiException error, object target)
    {
        if (ErrorTable.IsTerminating(error.Kind))
        {
            ThrowTerminatingError(ErrorRecordFactory.From(error, target));
        }

        WriteError(ErrorRecordFactory.From(error, target));
    }
}
