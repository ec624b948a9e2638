namespace DeepsetCloud.Emulator;

/// <summary>The list, of everything or of one workspace.</summary>
internal sealed class ListTokens(EmulatorOptions options, TokenStore tokens)
{
    public Answer Handle(string? workspace, string query, Fault? fault)
    {
        if (workspace is not null && !options.Workspaces.Contains(workspace))
        {
            return Problem.Of(404, $"Workspace '{workspace}' not found.");
        }

        if (PageRequest.Read(query, out var refusal) is not { } asked)
        {
            return refusal!;
        }

        if (Slice(workspace, asked) is not { } slice)
        {
            string cursor = asked.After is null ? "before" : "after";
            return Problem.Invalid(new Finding(["query", cursor], "after and before have to be ids of listed tokens", "value_error"));
        }

        return Answer.Json(200, TokenJson.Page(slice, fault is { Kind: FaultKind.TotalAbsent } ? null : slice.Total, options));
    }

    private TokenSlice? Slice(string? workspace, PageRequest asked)
    {
        if ((asked.After ?? asked.Before) is null)
        {
            long skipped = asked.PageNumber - 1;
            long offset = skipped > int.MaxValue ? int.MaxValue : skipped * asked.Limit;
            return tokens.Page(workspace, options.ListOrder, offset, asked.Limit);
        }

        var order = options.OddCursorDirection ? ListOrder.NewestFirst : options.ListOrder;
        return tokens.Around(workspace, order, asked.After, asked.Before, asked.Limit);
    }
}
