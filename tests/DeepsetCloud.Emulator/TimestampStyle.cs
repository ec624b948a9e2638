namespace DeepsetCloud.Emulator;

/// <summary>How timestamps are written. Every style keeps the instant exact to the tick.</summary>
public enum TimestampStyle
{
    /// <summary>UTC with <c>Z</c>, fractional digits only where needed.</summary>
    Zulu,

    /// <summary>The same instant at <c>+02:00</c>.</summary>
    Offset,

    /// <summary>UTC with <c>Z</c> and always seven fractional digits.</summary>
    SevenDigits,

    /// <summary>The three other styles in turn, token by token.</summary>
    Mixed,
}
