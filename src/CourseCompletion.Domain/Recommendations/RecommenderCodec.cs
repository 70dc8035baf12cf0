using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>The layout of what a recommender stores: a checkpoint in pieces, a head that says which pieces hold, and a log of what came since.</summary>
/// <remarks>Each payload begins with the format and the epoch, the number of the checkpoint that it belongs to: what an earlier checkpoint left behind is told by it.</remarks>
public static class RecommenderCodec
{
    private const byte Format = 1;
    private const byte CoursesPiece = 1;
    private const byte LearnersPiece = 2;
    private const byte TasteEntry = 1;
    private const byte FactEntry = 2;
    private const byte LiftsAddition = 1;
    private const byte CompletionsAddition = 1;
    private const byte EndsAddition = 2;
    private const int PieceBytes = 256 * 1024;
    private const int LearnersPerPiece = PieceBytes / 10;
    private const int EndsPerPiece = PieceBytes / 10;

    /// <summary>Encodes everything that a recommender knows, in pieces of about 256 KiB.</summary>
    public static List<byte[]> EncodePieces(LiveRecommender recommender, long epoch)
    {
        var pieces = new List<byte[]>();
        for (var course = 0; course < recommender.CourseCount;)
        {
            var to = Begin(epoch);
            to.Byte(CoursesPiece);
            for (; course < recommender.CourseCount && to.Written.Length < PieceBytes; course++)
            {
                var known = recommender.Known[course];
                to.Bool(true);
                to.Text(known.Id.Value);
                to.Float(known.Taken);
                recommender.Model.Write(to, course);
                to.Bool(known.Fact is not null);
                if (known.Fact is { } fact)
                {
                    Write(to, fact);
                }
            }

            to.Bool(false);
            pieces.Add(to.Finish());
        }

        // Additions: to earlier releases such a piece is one without courses, and the rest of it is left unread.
        pieces.AddRange(recommender.Lifts.Write(PieceBytes, () =>
        {
            var to = Begin(epoch);
            to.Byte(CoursesPiece);
            to.Bool(false);
            to.Byte(LiftsAddition);
            return to;
        }).Select(piece => piece.Finish()));
        pieces.AddRange(recommender.Known.Index().Where(known => known.Item.Fact?.EndsAtMs is not null).Chunk(EndsPerPiece).Select(chunk =>
        {
            var to = Begin(epoch);
            to.Byte(CoursesPiece);
            to.Bool(false);
            to.Byte(EndsAddition);
            WriteEnds(to, [.. chunk.Select(known => (known.Index, known.Item.Fact!.EndsAtMs!.Value))]);
            return to.Finish();
        }));
        pieces.AddRange(recommender.Counted.Write(LearnersPerPiece, () =>
        {
            var to = Begin(epoch);
            to.Byte(LearnersPiece);
            return to;
        }).Select(piece => piece.Finish()));
        return pieces;
    }

    /// <summary>Reads a piece back into a recommender; all of them in their order, then <see cref="LiveRecommender.Settled"/>.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged, of a newer release or of another checkpoint.</exception>
    public static void DecodePiece(LiveRecommender recommender, ReadOnlySpan<byte> payload, long epoch)
    {
        var from = Open(payload, out var written);
        if (written != epoch)
        {
            throw new StoreCorruptException($"A piece of a recommender's checkpoint {epoch} is of checkpoint {written}.");
        }

        if (from.Byte() == LearnersPiece)
        {
            recommender.Counted.Read(ref from);
            return;
        }

        while (from.Bool())
        {
            var number = recommender.NumberOf(new CourseId(from.Text()));
            recommender.Known[number].Taken = from.Float();
            recommender.Model.Read(ref from, number);
            if (from.Bool())
            {
                recommender.Learn(number, ReadFact(ref from));
            }
        }

        switch (from.IsAtEnd ? (byte)0 : from.Byte())
        {
            case LiftsAddition:
                recommender.Lifts.Read(ref from);
                break;
            case EndsAddition:
                foreach (var (number, endsAtMs) in ReadEnds(ref from))
                {
                    recommender.Known[number].Learn(recommender.Known[number].Fact! with { EndsAtMs = endsAtMs });
                }

                break;
        }
    }

    /// <summary>Encodes the head.</summary>
    public static byte[] EncodeHead(RecommenderHead head)
    {
        var to = Begin(head.Epoch);
        to.UInt((uint)head.Pieces);
        to.Int(head.Day);
        to.Int(head.Revision);
        return to.Finish();
    }

    /// <summary>Reads the head back.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static RecommenderHead DecodeHead(ReadOnlySpan<byte> payload)
    {
        var from = Open(payload, out var epoch);
        return new(epoch, (int)from.UInt(), from.Int(), from.Int());
    }

    /// <summary>The number of the checkpoint that a payload belongs to.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static long EpochOf(ReadOnlySpan<byte> payload)
    {
        _ = Open(payload, out var epoch);
        return epoch;
    }

    /// <summary>Encodes a page of the log: rows and definitions as they were taken, on one day.</summary>
    public static byte[] EncodeLog(long epoch, long day, IReadOnlyList<object> entries)
    {
        var to = Begin(epoch);
        to.Int(day);
        to.UInt((uint)entries.Count);
        foreach (var entry in entries)
        {
            if (entry is TasteRow row)
            {
                to.Byte(TasteEntry);
                Write(to, row);
            }
            else
            {
                to.Byte(FactEntry);
                Write(to, (CourseFact)entry);
            }
        }

        // An addition: earlier releases leave it unread, and know rows without completions.
        var completed = entries.Index().Where(entry => entry.Item is TasteRow { CompletedTotal: > 0 }).ToList();
        if (completed.Count > 0)
        {
            to.Byte(CompletionsAddition);
            to.UInt((uint)completed.Count);
            foreach (var (index, entry) in completed)
            {
                to.UInt((uint)index);
                WriteCompleted(to, (TasteRow)entry);
            }
        }

        // Likewise.
        var ends = entries.Index().Where(entry => entry.Item is CourseFact { EndsAtMs: not null }).Select(entry => (entry.Index, EndsAtMs: ((CourseFact)entry.Item).EndsAtMs!.Value)).ToList();
        if (ends.Count > 0)
        {
            to.Byte(EndsAddition);
            WriteEnds(to, ends);
        }

        return to.Finish();
    }

    /// <summary>Has a recommender take what a page of the log says; false for a page that an earlier checkpoint left behind.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static bool TakeLog(LiveRecommender recommender, ReadOnlySpan<byte> payload, long epoch)
    {
        var from = Open(payload, out var written);
        if (written != epoch)
        {
            return false;
        }

        recommender.FadeTo(from.Int());
        var entries = new object[from.Count()];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = from.Byte() == TasteEntry ? ReadRow(ref from) : ReadFact(ref from);
        }

        ReadAdditions(ref from, entries);
        foreach (var entry in entries)
        {
            _ = entry is TasteRow row ? recommender.Take(row) : recommender.Take((CourseFact)entry);
        }

        return true;
    }

    /// <summary>Encodes a row, as it travels.</summary>
    public static byte[] Encode(TasteRow row)
    {
        var to = Begin(0);
        Write(to, row);
        if (row.CompletedTotal > 0)
        {
            to.Byte(CompletionsAddition);
            WriteCompleted(to, row);
        }

        return to.Finish();
    }

    /// <summary>Reads a row back.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static TasteRow DecodeRow(ReadOnlySpan<byte> payload)
    {
        var from = Open(payload, out _);
        var row = ReadRow(ref from);
        return !from.IsAtEnd && from.Byte() == CompletionsAddition ? ReadCompleted(ref from, row) : row;
    }

    /// <summary>Encodes what a definition says, as it travels.</summary>
    public static byte[] Encode(CourseFact fact)
    {
        var to = Begin(0);
        Write(to, fact);
        if (fact.EndsAtMs is { } endsAtMs)
        {
            to.Byte(EndsAddition);
            to.Int(endsAtMs);
        }

        return to.Finish();
    }

    /// <summary>Reads it back.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CourseFact DecodeFact(ReadOnlySpan<byte> payload)
    {
        var from = Open(payload, out _);
        var fact = ReadFact(ref from);
        return !from.IsAtEnd && from.Byte() == EndsAddition ? fact with { EndsAtMs = from.Int() } : fact;
    }

    private static PayloadWriter Begin(long epoch)
    {
        var to = new PayloadWriter(1024);
        to.Byte(Format);
        to.UInt((ulong)epoch);
        return to;
    }

    private static PayloadReader Open(ReadOnlySpan<byte> payload, out long epoch)
    {
        var from = PayloadReader.Open(payload, "recommender");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A recommender has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        epoch = (long)from.UInt();
        return from;
    }

    // What earlier releases leave unread, as this one does with what comes after those it knows.
    private static void ReadAdditions(ref PayloadReader from, object[] entries)
    {
        while (!from.IsAtEnd)
        {
            switch (from.Byte())
            {
                case CompletionsAddition:
                    for (var left = from.Count(); left > 0; left--)
                    {
                        var index = (int)from.UInt();
                        entries[index] = ReadCompleted(ref from, (TasteRow)entries[index]);
                    }

                    break;
                case EndsAddition:
                    foreach (var (index, endsAtMs) in ReadEnds(ref from))
                    {
                        entries[index] = (CourseFact)entries[index] with { EndsAtMs = endsAtMs };
                    }

                    break;
                default:
                    return;
            }
        }
    }

    private static void WriteEnds(PayloadWriter to, List<(int Index, long EndsAtMs)> ends)
    {
        to.UInt((uint)ends.Count);
        foreach (var (index, endsAtMs) in ends)
        {
            to.UInt((uint)index);
            to.Int(endsAtMs);
        }
    }

    private static (int Index, long EndsAtMs)[] ReadEnds(ref PayloadReader from)
    {
        var ends = new (int, long)[from.Count()];
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = ((int)from.UInt(), from.Int());
        }

        return ends;
    }

    private static void Write(PayloadWriter to, TasteRow row)
    {
        to.Text(row.Learner.Value);
        to.Int(row.Version.Incarnation);
        to.Int(row.Version.Sequence);
        to.UInt((uint)row.Total);
        WriteCourses(to, row.Courses);
    }

    private static TasteRow ReadRow(ref PayloadReader from)
    {
        var learner = new LearnerId(from.Text());
        var version = new RowVersion(from.Int(), from.Int(), 0);
        var total = (int)from.UInt();
        return new(learner, version, total, ReadCourses(ref from));
    }

    private static void WriteCompleted(PayloadWriter to, TasteRow row)
    {
        to.UInt((uint)row.CompletedTotal);
        WriteCourses(to, row.Completed);
    }

    private static TasteRow ReadCompleted(ref PayloadReader from, TasteRow row) => row with { CompletedTotal = (int)from.UInt(), Completed = ReadCourses(ref from) };

    private static void WriteCourses(PayloadWriter to, IReadOnlyList<CourseId> courses)
    {
        to.UInt((uint)courses.Count);
        foreach (var course in courses)
        {
            to.Text(course.Value);
        }
    }

    private static CourseId[] ReadCourses(ref PayloadReader from)
    {
        var courses = new CourseId[from.Count()];
        for (var i = 0; i < courses.Length; i++)
        {
            courses[i] = new(from.Text());
        }

        return courses.Length <= TasteRow.CoursesMax ? courses : throw new StoreCorruptException("A row of courses taken has too many.");
    }

    private static void Write(PayloadWriter to, CourseFact fact)
    {
        to.Text(fact.Course.Value);
        to.Int(fact.Version);
        to.Text(fact.Title);
        to.Texts(fact.Tags);
        to.Texts(fact.Prerequisites);
        to.Bool(fact.IsPromoted);
    }

    private static CourseFact ReadFact(ref PayloadReader from)
    {
        var (course, version, title, tags) = (new CourseId(from.Text()), from.Int(), from.Text(), from.Texts());
        return new(course, version, title, tags) { Prerequisites = from.Texts(), IsPromoted = from.Bool() };
    }
}

/// <summary>What says which checkpoint of a recommender holds.</summary>
/// <param name="Epoch">The checkpoint's number.</param>
/// <param name="Pieces">How many pieces it has.</param>
/// <param name="Day">Up to which day its counters had faded.</param>
/// <param name="Revision">How many courses had been counted.</param>
public readonly record struct RecommenderHead(long Epoch, int Pieces, long Day, long Revision);
