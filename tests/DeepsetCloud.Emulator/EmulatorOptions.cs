namespace DeepsetCloud.Emulator;

/// <summary>What the emulated service is like. May be changed while it runs, unless noted.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The user token accepted unless a test names another.</summary>
    public const string DefaultUserToken = "user-token-for-the-emulator";

    /// <summary>Loopback port; 0 takes a free one. Read at start.</summary>
    public int Port { get; set; }

    /// <summary>Serve TLS with a self-signed certificate made at start. Read at start.</summary>
    public bool UseHttps { get; set; }

    /// <summary>Offer HTTP/2: beside HTTP/1.1 over TLS; instead of it (prior knowledge) without TLS. Read at start.</summary>
    public bool UseHttp2 { get; set; }

    /// <summary>The token that signs in the default user; null to accept only <see cref="Users"/>. Read at start.</summary>
    public string? AcceptedUserToken { get; set; } = DefaultUserToken;

    /// <summary>More users, each with a token of its own. Read at start.</summary>
    public IList<EmulatorUser> Users { get; } = [];

    /// <summary>Names of the workspaces that exist.</summary>
    public IList<string> Workspaces { get; } = ["default", "production", "staging"];

    /// <summary>Whether API keys may create and remove tokens. The real service refuses it.</summary>
    public bool ApiKeysCanManageTokens { get; set; }

    /// <summary>Old or new shape of answers.</summary>
    public ApiGeneration Generation { get; set; } = ApiGeneration.Current;

    /// <summary>Order of the list.</summary>
    public ListOrder ListOrder { get; set; } = ListOrder.NewestFirst;

    /// <summary>
    /// The real service's cursors: by creation time whatever <see cref="ListOrder"/> says, <c>after</c> is older and <c>before</c> younger.
    /// Off: cursors follow the list.
    /// </summary>
    public bool OddCursorDirection { get; set; } = true;

    /// <summary>How timestamps are written.</summary>
    public TimestampStyle TimestampStyle { get; set; } = TimestampStyle.Zulu;

    /// <summary>Time every answer takes, spent before the request is handled.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Keep requests for inspection. Off: counters only, for long runs.</summary>
    public bool RecordRequests { get; set; } = true;

    /// <summary>How many requests are kept; the oldest go first.</summary>
    public int MaxRecordedRequests { get; set; } = 100_000;

    /// <summary>The clock that creation times and expiry go by. Read at start.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;
}
