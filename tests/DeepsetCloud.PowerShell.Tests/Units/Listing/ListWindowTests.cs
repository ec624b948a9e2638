using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.Tests.Units.Listing;

public class ListWindowTests
{
    [Fact]
    public void The_pages_of_a_window_hold_all_of_it_and_no_page_more()
    {
        foreach (int pageSize in (int[])[1, 2, 3, 7, 100])
        {
            for (int skip = 0; skip <= 15; skip++)
            {
                foreach (long first in (long[])[1, 2, 3, 8, 15, long.MaxValue])
                {
                    foreach (int total in (int[])[0, 1, 2, 3, 7, 14, 15, 40])
                    {
                        Check(new ListWindow(skip, first, pageSize), total);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 5, 100, 5)]
    [InlineData(3, 5, 100, 8)]
    [InlineData(0, 0, 100, 1)]
    [InlineData(0, 100, 100, 100)]
    [InlineData(0, 250, 100, 100)]
    [InlineData(0, long.MaxValue, 100, 100)]
    public void One_page_is_no_larger_than_what_is_wanted(long skip, long first, int pageSize, int fitted) =>
        Assert.Equal(fitted, new ListWindow(skip, first, pageSize).Fit().PageSize);

    [Fact]
    public void Numbers_beyond_all_lists_do_not_overflow()
    {
        var window = new ListWindow(long.MaxValue, long.MaxValue, 1);

        Assert.Equal(long.MaxValue, window.End);
        Assert.Equal(int.MaxValue, window.FirstPage);
        Assert.Equal(int.MaxValue, ListWindow.All(1).LastPage(long.MaxValue));
        Assert.Equal(0, window.ExpectedCount(10));
    }

    private static void Check(ListWindow window, int total)
    {
        List<int> list = [.. Enumerable.Range(0, total)];
        List<int> wanted = [.. list.Skip((int)window.Skip).Take((int)Math.Min(window.First, total))];
        List<int> read = [.. list.Where(i => i / window.PageSize + 1 >= window.FirstPage && i / window.PageSize + 1 <= window.LastPage(total))];

        Assert.Equal(wanted, read.Skip((int)(window.Skip - window.Offset)).Take(wanted.Count));
        Assert.Equal(read.Count, window.ExpectedCount(total));
        if (wanted.Count > 0)
        {
            Assert.Equal(wanted[0] / window.PageSize + 1, window.FirstPage);
            Assert.Equal(wanted[^1] / window.PageSize + 1, window.LastPage(total));
        }
    }
}
