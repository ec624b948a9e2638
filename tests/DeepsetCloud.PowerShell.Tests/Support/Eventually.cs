using System.Runtime.CompilerServices;

namespace DeepsetCloud.Tests.Support;

/// <summary>Waits for something that happens elsewhere, for as long as a slow machine may need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var end = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(end.IsCancellationRequested, $"This did not come true: {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Waits for a task that a test cannot do without.</summary>
    public static Task<T> DoneAsync<T>(Task<T> task) => task.WaitAsync(Patience);

    /// <inheritdoc cref="DoneAsync{T}(Task{T})"/>
    public static Task DoneAsync(Task task) => task.WaitAsync(Patience);
}
