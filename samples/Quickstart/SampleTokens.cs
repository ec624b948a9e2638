using DeepsetCloud.Emulator;

namespace DeepsetCloud.Quickstart;

/// <summary>Some tokens of every kind, to try things on.</summary>
internal static class SampleTokens
{
    public static void Add(EmulatorServer emulator)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        EmulatorUser ada = emulator.DefaultUser;
        EmulatorUser grace = Person("Grace", "Hopper");
        EmulatorUser alan = Person("Alan", "Turing");

        void Token(EmulatorUser owner, string? name, TimeSpan? expiresIn, bool personal = true, params string[] workspaces) =>
            emulator.Tokens.Create(
                new NewToken { Name = name, Expires = expiresIn is not null, ExpiresAt = now + expiresIn, Personal = personal, Workspaces = workspaces },
                owner);

        Token(alan, "bombe-prototype", TimeSpan.FromDays(-400));
        Token(ada, "old-laptop", TimeSpan.FromDays(-90));
        Token(grace, "cobol-importer", TimeSpan.FromDays(-3), personal: false, "staging");
        Token(alan, null, TimeSpan.FromDays(-1));
        Token(ada, "nightly-index", TimeSpan.FromHours(20), personal: false, "production");
        Token(grace, "demo-for-friday", TimeSpan.FromDays(3));
        Token(alan, "ci-pipeline", TimeSpan.FromDays(6), personal: false);
        Token(ada, "laptop", TimeSpan.FromDays(60));
        Token(grace, "dashboard", TimeSpan.FromDays(180), personal: false, "production", "staging");
        Token(ada, null, TimeSpan.FromDays(365));
        Token(alan, "backup", expiresIn: null, personal: false);
        Token(grace, "phone", expiresIn: null);
    }

    private static EmulatorUser Person(string given, string family) => new()
    {
        Token = Guid.NewGuid().ToString(),
        GivenName = given,
        FamilyName = family,
        Email = $"{given}.{family}@example.com",
    };
}
