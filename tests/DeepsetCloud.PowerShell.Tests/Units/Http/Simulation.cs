using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

/// <summary>Sessions with several workers each before a token bucket, in simulated time.</summary>
/// <param name="rate">How many requests a second pass.</param>
/// <param name="burst">How many pass at once after a pause.</param>
/// <param name="header">What the limiter says: an honest wait of a second or more, none, or zero.</param>
/// <param name="seed">For everything that is left to chance.</param>
internal sealed class Simulation(double rate, double burst, string header, int seed)
{
    /// <summary>The time from a request to its response, in seconds.</summary>
    public const double Latency = 0.02;

    private const int RetriesInARow = 4;

    private readonly PriorityQueue<Action, (double, int)> _events = new();
    private readonly Random _random = new(seed);
    private readonly List<double> _refusals = [];
    private readonly List<double> _passes = [];
    private double _now;
    private double _tokens = double.MaxValue;
    private double _filledAt;
    private int _order;

    /// <summary>When the limit ends.</summary>
    public double LiftedAt { get; init; } = double.MaxValue;

    /// <summary>The part of requests that is refused at any rate.</summary>
    public double RefusedByChance { get; init; }

    public int Failed { get; private set; }

    public double Seconds => _passes[^1];

    public double SecondsOfLastThousand => Seconds - _passes[^1000];

    /// <summary>The part of refused requests after the first third of the time.</summary>
    public double RefusedOnceSettled
    {
        get
        {
            double from = Seconds / 3;
            double refused = _refusals.Count(at => at > from);
            return refused / (refused + _passes.Count(at => at > from));
        }
    }

    public Simulation Run(int workers, int requests, int sessions = 1)
    {
        for (int i = 0; i < sessions; i++)
        {
            new Session(this, requests).Begin(workers);
        }

        while (_events.TryDequeue(out Action? happen, out (double At, int Order) when))
        {
            _now = when.At;
            happen();
        }

        return this;
    }

    private static DateTimeOffset Instant(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private void After(double seconds, Action happen) => _events.Enqueue(happen, (_now + seconds, _order++));

    private bool TakeToken()
    {
        if (_now >= LiftedAt)
        {
            return true;
        }

        if (_random.NextDouble() < RefusedByChance)
        {
            return false;
        }

        _tokens = Math.Min(burst, _tokens + ((_now - _filledAt) * rate));
        _filledAt = _now;
        if (_tokens < 0.999999)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    private TimeSpan? Asked => header switch
    {
        "honest" => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((1 - _tokens) / rate))),
        "zero" => TimeSpan.Zero,
        _ => null,
    };

    private sealed class Session(Simulation world, int requests)
    {
        private readonly Pace _pace = new();
        private readonly Queue<Request> _waiting = new();
        private int _left = requests;
        private long _passed;
        private DateTimeOffset? _looksAgainAt;

        public void Begin(int workers)
        {
            for (int i = 0; i < workers; i++)
            {
                TakeNext();
            }

            Open();
        }

        private void TakeNext()
        {
            if (_left-- > 0)
            {
                _waiting.Enqueue(new Request());
            }
        }

        // As the gate does: the first in the row waits for the turn, and looks again when it has come.
        private void Open()
        {
            DateTimeOffset now = Instant(world._now);
            while (_waiting.Count > 0)
            {
                DateTimeOffset next = _pace.NextStart(now);
                if (next > now)
                {
                    LookAgainAt(next);
                    return;
                }

                _pace.Start(now);
                Send(_waiting.Dequeue(), now);
            }
        }

        private void LookAgainAt(DateTimeOffset next)
        {
            if (_looksAgainAt is null || next < _looksAgainAt)
            {
                _looksAgainAt = next;
                world.After((next - Instant(world._now)).TotalSeconds + 1e-7, () =>
                {
                    if (_looksAgainAt == next)
                    {
                        _looksAgainAt = null;
                        Open();
                    }
                });
            }
        }

        private void Send(Request request, DateTimeOffset startedAt) => world.After(Latency / 2, () =>
        {
            bool passes = world.TakeToken();
            TimeSpan? asked = world.Asked;
            world.After(Latency / 2, () => Respond(request, startedAt, passes, asked));
        });

        private void Respond(Request request, DateTimeOffset startedAt, bool passes, TimeSpan? asked)
        {
            DateTimeOffset now = Instant(world._now);
            if (passes)
            {
                _passed++;
                _pace.Passed(now, startedAt);
                world._passes.Add(world._now);
                TakeNext();
            }
            else
            {
                _pace.Refused(now, startedAt, asked, world._random.NextDouble());
                world._refusals.Add(world._now);
                request.Refusals = request.PassedBefore == _passed ? request.Refusals + 1 : 1;
                request.PassedBefore = _passed;
                if (request.Refusals > RetriesInARow)
                {
                    world.Failed++;
                    TakeNext();
                }
                else
                {
                    _waiting.Enqueue(request);
                }
            }

            Open();
        }
    }

    private sealed class Request
    {
        public int Refusals { get; set; }

        public long PassedBefore { get; set; }
    }
}
