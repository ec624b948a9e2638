namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>Every way in which a token gets to Remove-DcApiToken.</summary>
public class RemoveDcApiTokenTests : EngineTest
{
    // Somebody may name a token after the id of another one, and the text of a token is its name.
    private const string Copy =
        "function Import-Copy($token) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($token)) }; ";

    [Theory]
    [InlineData("Get-DcApiToken | Remove-DcApiToken")]
    [InlineData("Get-DcApiToken | ForEach-Object { Remove-DcApiToken -InputObject $_ }")]
    [InlineData("foreach ($token in Get-DcApiToken) { Remove-DcApiToken $token }")]
    [InlineData("Remove-DcApiToken $ids")]
    [InlineData("Remove-DcApiToken -ApiTokenId $ids -ThrottleLimit 1")]
    [InlineData("Remove-DcApiToken -ApiTokenId $ids -ThrottleLimit 256")]
    [InlineData("$ids | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_; Name = 'x' } } | Remove-DcApiToken")]
    [InlineData("[pscustomobject]@{ ApiTokenId = $ids } | Remove-DcApiToken")]
    public void Tokens_and_ids_are_accepted_as_argument_and_from_the_pipeline(string script)
    {
        Seed(120);

        Assert.Empty(Run(script).EnsureNoErrors().Output);

        Assert.Equal(0, Emulator.Tokens.Count);
        Assert.Equal(120, Emulator.Requests.CountOf("DELETE"));
    }

    [Fact]
    public void PassThru_writes_the_removed_tokens_as_they_were_given()
    {
        string[] ids = Seed(3);

        Assert.Equal(ids[..1], Run("Remove-DcApiToken $ids[0], none -PassThru -ErrorAction SilentlyContinue").TokenIds);
        IReadOnlyList<ApiToken> listed = Run("($tokens = Get-DcApiToken)").EnsureNoErrors().As<ApiToken>();
        Assert.Equal(listed.ToHashSet(), Run("$tokens | Remove-DcApiToken -PassThru").EnsureNoErrors().As<ApiToken>().ToHashSet());
    }

    [Theory]
    [InlineData("$ids | Remove-DcApiToken", 2)]
    [InlineData("Get-DcApiToken -IncludeTotalCount | Remove-DcApiToken", 0)]
    public void Text_and_the_total_do_not_bind_and_do_not_stop_the_tokens_beside_them(string script, int tokensLeft)
    {
        Seed(2);

        ShellResult result = Run(script);

        Assert.All(result.Errors, error => Assert.StartsWith("InputObjectNotBound", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.NotEmpty(result.Errors);
        Assert.Equal(tokensLeft, Emulator.Tokens.Count);
    }

    [Fact]
    public void A_created_token_without_an_id_is_refused_by_name()
    {
        Assert.Contains("ApiTokenId", Run("New-DcApiToken | Remove-DcApiToken").Error.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, Emulator.Requests.CountOf("DELETE"));
    }

    [Theory]
    [InlineData("7aff1a3a-2fa9-4467-b392-51aa52c3f5ad", "ApiTokenNotFound")]
    [InlineData("..", "InvalidRequest")]
    [InlineData("../me", "InvalidRequest")]
    public void One_id_that_cannot_be_removed_is_an_error_about_it_and_the_others_go_on(string id, string error)
    {
        Seed(2);

        ShellResult result = Run($"Remove-DcApiToken $ids[0], '{id}', $ids[1]");

        Assert.Equal(error, result.ErrorId);
        Assert.Equal(id, result.Error.TargetObject);
        Assert.Equal(0, Emulator.Tokens.Count);
        Assert.Equal(error == "InvalidRequest" ? 2 : 3, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("Remove-DcApiToken $token")]
    [InlineData("Remove-DcApiToken -InputObject $token")]
    [InlineData("$token | Remove-DcApiToken")]
    [InlineData(Copy + "Import-Copy $token | Remove-DcApiToken")]
    public void A_token_named_after_the_id_of_another_one_is_the_one_that_is_removed(string script)
    {
        string victim = ListTokenNamedAfterAnother();

        Run(script).EnsureNoErrors();

        Assert.Equal([victim], ListedAt(Emulator));
    }

    [Theory]
    [InlineData("Remove-DcApiToken -ApiTokenId $token")]
    [InlineData("Remove-DcApiToken -ApiTokenId @($token)")]
    [InlineData("Remove-DcApiToken @($token, $token)")]
    [InlineData("Remove-DcApiToken -ApiTokenId 'a', $token")]
    [InlineData(Copy + "Remove-DcApiToken (Import-Copy $token)")]
    [InlineData("Remove-DcApiToken -ApiTokenId ([System.Collections.ArrayList]@($token))")]
    public void A_token_in_place_of_an_id_is_refused(string script)
    {
        ListTokenNamedAfterAnother();

        Assert.Contains("A token is not an id", Shell.RunToError(script).ToString(), StringComparison.Ordinal);

        Assert.Equal(2, Emulator.Tokens.Count);
        Assert.Equal(0, Emulator.Requests.CountOf("DELETE"));
    }

    [Theory]
    [InlineData("Get-DcApiToken -ApiTokenId $token")]
    [InlineData("Get-DcApiToken -ApiTokenId @($token)")]
    [InlineData(Copy + "Get-DcApiToken -ApiTokenId (Import-Copy $token)")]
    [InlineData("$token | Get-DcApiToken")]
    public void To_list_a_token_again_it_stands_for_its_id(string script)
    {
        string victim = ListTokenNamedAfterAnother();

        Assert.Equal(victim, Assert.Single(Run(script).EnsureNoErrors().As<ApiToken>()).Name);
    }

    // $token; the id of the other one is returned.
    private string ListTokenNamedAfterAnother()
    {
        var id = Guid.NewGuid();
        Emulator.Tokens.Create(new NewToken { Id = id, Name = "production" });
        Emulator.Tokens.Create(new NewToken { Name = id.ToString() });
        Run($"$token = Get-DcApiToken -Name {id}").EnsureNoErrors();
        return id.ToString();
    }
}
