namespace DeepsetCloud.Emulator;

/// <summary>The order in which pages list tokens.</summary>
public enum ListOrder
{
    /// <summary>Youngest token first.</summary>
    NewestFirst,

    /// <summary>Oldest token first; tokens created meanwhile appear at the end.</summary>
    OldestFirst,

    /// <summary>By id, so tokens created meanwhile appear anywhere.</summary>
    ById,
}
