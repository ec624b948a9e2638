using System.Management.Automation.Host;

namespace DeepsetCloud.Tests.Support.Hosting;

/// <summary>A screen of a fixed width, so that tables look the same everywhere.</summary>
internal sealed class FixedRawUserInterface : PSHostRawUserInterface
{
    private readonly Size _screen;

    /// <param name="screen">The width and height, in characters.</param>
    public FixedRawUserInterface(Size screen) => (_screen, BufferSize, WindowSize) = (screen, screen, screen);

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 1;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => _screen;

    public override Size MaxWindowSize => _screen;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; }

    public override string WindowTitle { get; set; } = "";

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new InvalidOperationException("Nobody is here to press a key.");

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }
}
