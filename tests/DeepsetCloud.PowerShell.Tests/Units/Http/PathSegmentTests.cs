using DeepsetCloud.Parameters;

namespace DeepsetCloud.Tests.Units.Http;

public class PathSegmentTests
{
    public static TheoryData<string> NoSegments { get; } =
    [
        "", " ", "\t", ".", "..", "/", "a/b", "../token", @"a\b", "a?x=1", "?x=1", "a#b", "%2e%2e", "%2F", "100%", " a", "a ", "a\nb", "a\r", "a\0b",
        "a\u007f", "a\u0085b", "a\u2028b", "\u00a0a", new string('a', 513),
    ];

    public static TheoryData<string> Ids { get; } =
    [
        "9da1ffe7-8f09-47b0-874f-15471b5e6e13", "a", "...", "a..b", ".a", "a:b", "a;b=c", "a&b", "a+b", "a@b", "größe", "😀", new string('a', 512),
    ];

    [Theory]
    [MemberData(nameof(NoSegments))]
    public void Text_that_could_become_anything_else_is_no_id(string text)
    {
        var refusal = Assert.Throws<DcApiException>(() => Identifiers.CheckTokenId(text));

        Assert.Equal("InvalidRequest", refusal.ErrorId);
        Assert.Contains("-ApiTokenId", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    [Theory]
    [MemberData(nameof(NoSegments))]
    public void Nor_is_it_the_name_of_a_workspace(string text)
    {
        var refusal = Assert.Throws<DcApiException>(() => Identifiers.CheckWorkspace(text));

        Assert.Contains("-Workspace", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Opaque_text_is_an_id(string text) => Identifiers.CheckTokenId(text);

    // Not among the others: the test runner itself would replace these characters on the way.
    [Fact]
    public void Halves_of_characters_are_refused()
    {
        foreach (string text in (string[])["a\ud800", "\udc00a", "\ud800\ud800", "\udc00\ud800"])
        {
            Assert.Throws<DcApiException>(() => Identifiers.CheckTokenId(text));
            Assert.Throws<DcApiException>(() => Identifiers.CheckWorkspace(text));
        }
    }

    [Fact]
    public void Blanks_within_are_for_workspaces_only()
    {
        Identifiers.CheckWorkspace("my workspace");

        Assert.Throws<DcApiException>(() => Identifiers.CheckTokenId("my token"));
        Assert.Throws<DcApiException>(() => Identifiers.CheckWorkspace("my\tworkspace"));
    }
}
