using System.Management.Automation;
using System.Security;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Commands.Errors;
using DeepsetCloud.Sessions;
using DeepsetCloud.Text;

namespace DeepsetCloud.Commands;

/// <summary>Connects to the service and, unless told otherwise, makes the session the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "DcSession", DefaultParameterSetName = ApiKeySet)]
[OutputType(typeof(DcSession))]
public sealed class ConnectDcSessionCommand : DcCmdlet
{
    private const string ApiKeySet = "ApiKey";
    private const string CredentialSet = "Credential";

    /// <summary>The key.</summary>
    [Parameter(ParameterSetName = ApiKeySet, Position = 0)]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>A credential whose password is the key.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The address of the service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseUri { get; set; }

    /// <summary>The region of the service.</summary>
    [Parameter]
    public DcRegion? Region { get; set; }

    /// <summary>The time for one attempt of a request, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = (int)ConnectionOptions.DefaultTimeout.TotalSeconds;

    /// <summary>How often a failed request is sent again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = ConnectionOptions.DefaultMaximumRetryCount;

    /// <summary>Leaves out the question who the key belongs to.</summary>
    [Parameter]
    public SwitchParameter SkipVerification { get; set; }

    /// <summary>Allows plain http to other hosts than this computer.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>Leaves the default session of the runspace as it is.</summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        OrThrow(CheckThatItCanBeUsed, nameof(NoDefault));
        Uri address = OrThrow(() => SessionFactory.Locate(BaseUri, Region, AllowUnencryptedAuthentication), "BaseUri");
        BearerToken token = OrThrow(ReadKey, ParameterSetName);
        DcSession session = SessionFactory.Create(address, token, new ConnectionOptions
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaximumRetryCount = MaximumRetryCount,
        });
        try
        {
            if (!SkipVerification)
            {
                Verify(session);
            }
        }
        catch
        {
            session.Close();
            throw;
        }

        if (!NoDefault)
        {
            Sessions.Default = session;
        }

        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private void CheckThatItCanBeUsed()
    {
        if (NoDefault && !PassThru)
        {
            throw new DcApiException(
                ApiErrorKind.InvalidRequest,
                "-NoDefault makes a session that no command finds by itself, so it has to be written. Give -PassThru, too, and use the session with -Session.");
        }
    }

    private BearerToken ReadKey()
    {
        if (ApiKey is not null)
        {
            return new BearerToken(SecureText.Reveal(ApiKey), "-ApiKey");
        }

        if (Credential is not null)
        {
            return new BearerToken(SecureText.Reveal(Credential.Password), "-Credential");
        }

        string key = SessionFactory.KeyFromEnvironment ?? throw new DcApiException(
            ApiErrorKind.SessionRequired,
            $"Neither -ApiKey nor -Credential is given, and the environment variable {SessionFactory.KeyVariable} is not set.");
        WriteVerbose($"Using the API key in the environment variable {SessionFactory.KeyVariable}.");
        return new BearerToken(key, "$env:" + SessionFactory.KeyVariable);
    }

    private void Verify(DcSession session)
    {
        try
        {
            Identity identity = Await(stop => session.Service.WhoAmIAsync(Log, stop));
            session.User = identity.User;
            session.Organization = identity.Organization;
        }
        catch (DcApiException e) when (ErrorTable.IsTerminating(e.Kind))
        {
            ThrowTerminatingError(ErrorRecordFactory.From(e, session));
        }
        catch (DcApiException e)
        {
            WriteWarning($"The session is made, but who the key belongs to could not be verified. {e.Message}");
        }
    }
}
