namespace DeepsetCloud.Emulator;

/// <summary>
/// The faults to come. For each request the first fault in order of addition that matches and is not spent applies, alone. Thread-safe.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    internal FaultPlan()
    {
    }

    /// <summary>
    /// Asked for every request that no added fault hits, e.g. for random schedules; null lets it pass. The request has been read by then:
    /// a reset before reading is one after reading here.
    /// </summary>
    public Func<RecordedRequest, Fault?>? Choose { get; set; }

    /// <summary>Faults added that are not spent.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count;
            }
        }
    }

    /// <summary>Adds a fault and returns it.</summary>
    public Fault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            if (!fault.IsSpent)
            {
                _faults.Add(fault);
            }
        }

        return fault;
    }

    /// <summary>Adds a fault of this kind for the next matching requests and returns it.</summary>
    public Fault Add(FaultKind kind, string? method = null, int times = 1) =>
        Add(new Fault { Kind = kind, Method = method, Times = times });

    /// <summary>Takes all faults out of the plan, and <see cref="Choose"/> too.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }

        Choose = null;
    }

    internal bool TakeForConnection()
    {
        lock (_gate)
        {
            var fault = _faults.Find(f => f.Kind == FaultKind.ResetOnAccept && HasPassedEnough(f));
            return fault is not null && Take(fault);
        }
    }

    /// <summary>Whether the request whose first line was just seen is to be reset unread.</summary>
    internal bool TakeBeforeRead(string method, string rawTarget)
    {
        lock (_gate)
        {
            if (!_faults.Exists(f => f.Kind == FaultKind.ResetBeforeRead))
            {
                return false;
            }

            var request = new RecordedRequest(method, rawTarget);
            foreach (var fault in _faults.Where(f => f.Kind != FaultKind.ResetOnAccept && f.Matches(request)))
            {
                if (fault.Kind == FaultKind.ResetBeforeRead && HasPassedEnough(fault))
                {
                    return Take(fault);
                }

                if (fault.Kind != FaultKind.ResetBeforeRead && fault.Passed >= fault.Skip)
                {
                    return false;
                }
            }

            return false;
        }
    }

    /// <param name="request">The request.</param>
    /// <param name="firstLineSeen">Whether <see cref="TakeBeforeRead"/> was asked about it.</param>
    internal Fault? TakeFor(RecordedRequest request, bool firstLineSeen)
    {
        lock (_gate)
        {
            var fault = _faults.Find(f =>
                f.Kind != FaultKind.ResetOnAccept
                && !(firstLineSeen && f.Kind == FaultKind.ResetBeforeRead)
                && f.Matches(request)
                && HasPassedEnough(f));
            if (fault is not null)
            {
                Take(fault);
                return fault;
            }
        }

        var chosen = Choose?.Invoke(request);
        chosen?.Hit();
        return chosen;
    }

    private static bool HasPassedEnough(Fault fault)
    {
        if (fault.Passed >= fault.Skip)
        {
            return true;
        }

        fault.Passed++;
        return false;
    }

    private bool Take(Fault fault)
    {
        fault.Hit();
        if (fault.IsSpent)
        {
            _faults.Remove(fault);
        }

        return true;
    }
}
