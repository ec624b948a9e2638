namespace DeepsetCloud.Tests.Units.Listing;

/// <summary>What others do to the list between two requests.</summary>
/// <param name="Removals">Where in the list, as a fraction of its length, tokens go.</param>
/// <param name="Creations">How many tokens come. As many as go: the total tells nothing.</param>
internal sealed record Change(double[] Removals, int Creations)
{
    public static Change None { get; } = new([], 0);

    public bool IsNone => Removals.Length == 0 && Creations == 0;

    public void Apply(TokenStore tokens)
    {
        foreach (double place in Removals)
        {
            IReadOnlyList<StoredToken> all = tokens.Snapshot();
            if (all.Count > 0)
            {
                tokens.Remove(all[(int)(place * all.Count)].Id);
            }
        }

        for (int i = 0; i < Creations; i++)
        {
            tokens.Create();
        }
    }

    public override string ToString() => IsNone ? "-" : $"-{Removals.Length}+{Creations}";
}
