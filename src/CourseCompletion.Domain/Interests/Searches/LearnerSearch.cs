using System.Text;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Interests.Searches;

/// <summary>Something that a learner searched for.</summary>
/// <param name="Query">The query, as <see cref="SearchRules.QueryOf"/> writes it.</param>
/// <param name="AtMs">When.</param>
public readonly record struct LearnerSearch(string Query, long AtMs)
{
    internal void Write(PayloadWriter to)
    {
        to.Text(Query);
        to.Int(AtMs);
    }

    internal static LearnerSearch Read(ref PayloadReader from) => new(from.Text(), from.Int());
}

/// <summary>A query that a learner searched for, once or more often.</summary>
/// <param name="Query">The query.</param>
/// <param name="Count">How often, at most <see cref="SearchRules.CountMax"/>.</param>
/// <param name="AtMs">When last.</param>
public readonly record struct SearchedQuery(string Query, int Count, long AtMs)
{
    /// <summary>About how many bytes it takes in a snapshot, at most.</summary>
    internal int Bytes => 14 + Encoding.UTF8.GetByteCount(Query);

    internal void Write(PayloadWriter to)
    {
        to.Text(Query);
        to.UInt((uint)Count);
        to.Int(AtMs);
    }

    internal static SearchedQuery Read(ref PayloadReader from) => new(from.Text(), (int)from.UInt(), from.Int());
}
