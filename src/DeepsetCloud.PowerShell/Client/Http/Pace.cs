namespace DeepsetCloud.Client.Http;

/// <summary>
/// How fast a session may send, learned from what the service refuses: unlimited until the first refusal, then the rate is searched
/// between one that is proven to pass and one that is proven to be too much. All its methods are called with the time, so that it can be
/// simulated; not safe for parallel use.
/// </summary>
internal sealed class Pace
{
    // In requests a second. A limit below this is found in two refusals more.
    private const double FirstRate = 4;
    private const double FirstBackoff = 0.5;
    private const double LongestBackoff = 30;

    // What a rate must stand before it counts as proven: the bucket of a limiter fills while nobody sends, and hides a rate that is too high.
    private const int ProvenRequests = 10;
    private const double ProvenSeconds = 3;

    // From then on a higher one is tried, more rarely each time that it is refused, since a refusal may cost a second.
    private const int SettledRequests = 40;
    private const double FirstRaiseSeconds = 3;
    private const double LongestRaiseSeconds = 30;
    private const double SettledGap = 0.15;

    // So many pass before one is refused: then it is at most a little too much, or no matter of the rate at all.
    private const int RarelyRefused = 12;
    private const double FirstRaise = 1.25;
    private const double LargestRaise = 8;

    private double? _rate;
    private double _proven;
    private double? _tooMuch;
    private double _raise = FirstRaise;
    private double _raiseSeconds = FirstRaiseSeconds;
    private bool _isRaised;
    private int _passedSinceRefusal;
    private int _refusalsInARow;
    private int _passedAtRate;
    private int _passed;
    private DateTimeOffset _rateSince;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private DateTimeOffset _lastStart = DateTimeOffset.MinValue;
    private DateTimeOffset? _firstStart;
    private DateTimeOffset _refusedAt = DateTimeOffset.MinValue;

    /// <summary>Whether the service has refused anything yet.</summary>
    public bool IsLimited => _rate is not null;

    /// <summary>When the next request may leave.</summary>
    public DateTimeOffset NextStart(DateTimeOffset now)
    {
        DateTimeOffset next = now > _notBefore ? now : _notBefore;
        if (_rate is double rate && _lastStart > DateTimeOffset.MinValue && _lastStart.AddSeconds(1 / rate) is var turn && turn > next)
        {
            next = turn;
        }

        return next;
    }

    /// <summary>Notes that a request leaves.</summary>
    public void Start(DateTimeOffset now)
    {
        _lastStart = now;
        _firstStart ??= now;
    }

    /// <summary>Notes that a request got through, whatever came of it.</summary>
    public void Passed(DateTimeOffset now, DateTimeOffset startedAt)
    {
        _refusalsInARow = 0;
        _passed++;
        _passedSinceRefusal++;
        _isRaised &= _passedSinceRefusal < RarelyRefused;
        if (_rate is not double rate || startedAt < _notBefore)
        {
            return;
        }

        _passedAtRate++;
        double seconds = (now - _rateSince).TotalSeconds;
        if (_tooMuch is not double tooMuch)
        {
            // Nothing is known but that the first burst was too much: double until something is refused.
            if (_passedAtRate >= 2 && seconds >= 0.4)
            {
                _proven = rate;
                Set(rate * 2, now);
            }

            return;
        }

        if ((_passedAtRate >= ProvenRequests && seconds >= ProvenSeconds) || (_passedAtRate >= 2 && seconds >= 2 * ProvenSeconds))
        {
            _proven = rate;
        }

        if (_proven < rate)
        {
            return;
        }

        if (tooMuch - _proven > SettledGap * _proven)
        {
            Set((_proven + tooMuch) / 2, now);
        }
        else if ((_passedAtRate >= SettledRequests && seconds >= _raiseSeconds) || (_passedAtRate >= 4 && seconds >= 2 * Math.Max(_raiseSeconds, 10)))
        {
            // The limit may have been lifted: from one attempt to the next the steps become larger.
            _tooMuch = _proven * _raise * 1.2;
            Set(_proven * _raise, now);
            _raise = Math.Min(_raise * 1.5, LargestRaise);
            _isRaised = true;
            _passedSinceRefusal = 0;
        }
    }

    /// <summary>Notes that a request was turned away.</summary>
    /// <param name="now">The time.</param>
    /// <param name="startedAt">When it left. All that left before the last refusal was known are part of that one.</param>
    /// <param name="asked">The wait that was asked for. It lengthens the own one and never shortens it.</param>
    /// <param name="jitter">From 0 up to 1, so that several sessions do not come back at once.</param>
    public void Refused(DateTimeOffset now, DateTimeOffset startedAt, TimeSpan? asked, double jitter)
    {
        double wait = (asked ?? TimeSpan.Zero).TotalSeconds * (1 + (0.1 * jitter));
        if (startedAt > _refusedAt)
        {
            _refusalsInARow++;
            double backoff = Math.Min(FirstBackoff * Math.Pow(2, Math.Min(_refusalsInARow - 1, 20)), LongestBackoff);
            wait = Math.Max(wait, backoff * (0.5 + (0.5 * jitter)));
            Lower(now);
            _refusedAt = now;
        }

        DateTimeOffset until = now.AddSeconds(wait);
        _notBefore = until > _notBefore ? until : _notBefore;
        _rateSince = _notBefore;
    }

    private void Lower(DateTimeOffset now)
    {
        int passed = _passedSinceRefusal;
        _passedSinceRefusal = 0;
        if (_rate is double current && passed >= RarelyRefused)
        {
            // As many less as were refused: what is left is what passes.
            Set(current * (1 - (1.0 / (passed + 1))), now);
            _proven = Math.Min(_proven, _rate!.Value);
            _tooMuch = Math.Max(_tooMuch ?? 0, 1.1 * _rate!.Value);
            return;
        }

        _raise = FirstRaise;
        if (_isRaised)
        {
            _raiseSeconds = Math.Min(2 * _raiseSeconds, LongestRaiseSeconds);
            _isRaised = false;
        }

        if (_rate is not double rate)
        {
            double seconds = Math.Max(1, (now - (_firstStart ?? now)).TotalSeconds);
            Set(Math.Max(_passed / seconds, FirstRate), now);
            return;
        }

        _tooMuch = rate;
        if (_proven >= 0.95 * rate)
        {
            // What was proven holds no longer: others share the limit, or it was lowered.
            _proven = 0.8 * rate;
        }

        Set(_proven > 0 ? (_proven + rate) / 2 : rate / 2, now);
    }

    private void Set(double rate, DateTimeOffset now)
    {
        _rate = rate;
        _rateSince = now;
        _passedAtRate = 0;
    }
}
