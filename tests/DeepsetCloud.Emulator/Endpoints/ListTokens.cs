namespace DeepsetCloud.Emulator;

/// <summary>The list, of everything or of one workspace.</summary>
internal sealed class ListTokens(EmulatorOptions options, TokenStore tokens, EmulatorUser inventor)
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

        if (fault is { Kind: FaultKind.SmallerPages })
        {
            asked = asked with { Limit = Math.Clamp(fault.Amount, 1, asked.Limit) };
        }
        else if (fault is { Kind: FaultKind.RepeatPage })
        {
            asked = asked with { PageNumber = 1 };
        }

        if (Slice(workspace, asked) is not { } slice)
        {
            string cursor = asked.After is null ? "before" : "after";
            return Problem.Invalid([new(["query", cursor], "after and before have to be ids of listed tokens", "value_error")]);
        }

        var page = new PageView(slice.Items, slice.HasMore, slice.Total);
        return Answer.Json(200, TokenJson.Page(fault is null ? page : Bend(page, fault, asked), options));
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

    private PageView Bend(PageView page, Fault fault, PageRequest asked) => fault.Kind switch
    {
        FaultKind.TotalAbsent => page with { Total = null },
        FaultKind.TotalNegative => page with { Total = -1 },
        FaultKind.TotalOffBy => page with { Total = page.Total + fault.Amount },
        FaultKind.TotalAsText => page with { TotalAsText = true },
        FaultKind.HasMoreAlwaysTrue => page with { HasMore = true },
        FaultKind.HasMoreAbsent => page with { HasMore = null },
        FaultKind.EmptyPageWithHasMore => page with { Data = [], HasMore = true },
        FaultKind.EndlessPages => new PageView(
            [.. Enumerable.Range(1, asked.Limit).Select(n => SeedShapes.Invent(n, inventor, options.Clock.GetUtcNow()))],
            HasMore: true,
            fault.Amount != 0 ? fault.Amount : (asked.PageNumber + 1) * asked.Limit),
        _ => page,
    };
}
