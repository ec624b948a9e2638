using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

public class StringPoolTests
{
    private static readonly JsonSerializerOptions FewEscapes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void A_text_that_comes_again_is_the_same_string()
    {
        string[] read = Read("""["Ada","Lovelace","Ada","","Ada","Lovelace"]""");

        Assert.Equal(["Ada", "Lovelace", "Ada", "", "Ada", "Lovelace"], read);
        Assert.Same(read[0], read[2]);
        Assert.Same(read[0], read[4]);
        Assert.Same(read[1], read[5]);
    }

    // Many short texts of few letters: they share slots, first letters, lengths.
    [Fact]
    public void Every_text_is_read_as_it_is_whatever_came_before() =>
        Gen.OneOf(Gen.String[Gen.Char["abé\"\\\n"], 0, 5], Gen.String, Gen.String[60, 70]).Array[0, 200].Sample(texts =>
        {
            // Half a pair cannot be written as JSON.
            texts = [.. texts.Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))]))];
            Assert.Equal(texts, Read(JsonSerializer.Serialize(texts)));
            Assert.Equal(texts, Read(JsonSerializer.Serialize(texts, FewEscapes)));
        });

    [Fact]
    public void An_escaped_text_is_not_taken_for_its_spelling() => Assert.Equal(["A", @"\u0041", "A"], Read("""["\u0041","\\u0041","A"]"""));

    [Fact]
    public void A_text_that_is_not_valid_Unicode_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Read([.. "[\""u8, 0xC3, 0x28, .. "\"]"u8]));

    private static string[] Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static string[] Read(byte[] json)
    {
        var texts = new StringPool();
        var read = new List<string>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            read.Add(texts.Read(ref reader));
        }

        return [.. read];
    }
}
