using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Courses;

/// <summary>The layout of what a course's grain stores: its definition and how many roster shards it has.</summary>
public static class CourseCodec
{
    private const byte Format = 1;
    private const byte SceneChangesAddition = 1;
    private const byte OffersAddition = 2;

    /// <summary>Encodes a course.</summary>
    public static byte[] Encode(CourseDefinition course, int shardCount)
    {
        var to = new PayloadWriter(256 + (course.Lessons.Count * 64));
        to.Byte(Format);
        to.UInt((uint)shardCount);
        to.Text(course.Course.Value);
        to.Int(course.Version);
        to.Text(course.Title);
        to.Texts(course.Tags);

        to.UInt((uint)course.Lessons.Count);
        foreach (var lesson in course.Lessons)
        {
            WriteLesson(to, lesson);
        }

        to.Byte((byte)course.Rule.Kind);
        to.Double(course.Rule.Share);
        to.Text(course.Rule.Assessment ?? "");
        to.OptionalInt(course.StartsAtMs);
        to.OptionalInt(course.EndsAtMs);
        to.Text(course.TimeZone);
        to.Bool(course.IsDraft);
        to.Int(course.CreatedAtMs);
        to.Int(course.UpdatedAtMs);

        // Additions: earlier releases leave them unread, and know a course without them.
        if (course.Lessons.Any(lesson => !lesson.SceneChanges.PositionsMs.IsEmpty))
        {
            to.Byte(SceneChangesAddition);
            WriteSceneChanges(to, course.Lessons);
        }

        if (course.IsPromoted || course.Prerequisites.Count > 0)
        {
            to.Byte(OffersAddition);
            to.Bool(course.IsPromoted);
            to.Texts(course.Prerequisites);
        }

        return to.Finish();
    }

    /// <summary>Decodes a course.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static (CourseDefinition Course, int ShardCount) Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "course");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A course has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var shardCount = (int)from.UInt();
        LessonDefinition[] lessons;
        var course = new CourseDefinition
        {
            Course = new CourseId(from.Text()),
            Version = from.Int(),
            Title = from.Text(),
            Tags = from.Texts(),
            Lessons = lessons = ReadLessons(ref from),
            Rule = ReadRule(ref from),
            StartsAtMs = from.OptionalInt(),
            EndsAtMs = from.OptionalInt(),
            TimeZone = from.Text(),
            IsDraft = from.Bool(),
            CreatedAtMs = from.Int(),
            UpdatedAtMs = from.Int(),
        };
        return (ReadAdditions(ref from, course, lessons), shardCount);
    }

    private static CourseDefinition ReadAdditions(ref PayloadReader from, CourseDefinition course, LessonDefinition[] lessons)
    {
        while (!from.IsAtEnd)
        {
            switch (from.Byte())
            {
                case SceneChangesAddition:
                    ReadSceneChanges(ref from, lessons);
                    break;
                case OffersAddition:
                    course = course with { IsPromoted = from.Bool(), Prerequisites = from.Texts() };
                    break;
                default:
                    return course;
            }
        }

        return course;
    }

    private static void WriteSceneChanges(PayloadWriter to, IReadOnlyList<LessonDefinition> lessons)
    {
        to.UInt((uint)lessons.Count(lesson => !lesson.SceneChanges.PositionsMs.IsEmpty));
        for (var i = 0; i < lessons.Count; i++)
        {
            var positions = lessons[i].SceneChanges.PositionsMs;
            if (!positions.IsEmpty)
            {
                to.UInt((uint)i);
                to.UInt((uint)positions.Length);
                foreach (var positionMs in positions)
                {
                    to.Int(positionMs);
                }
            }
        }
    }

    private static void ReadSceneChanges(ref PayloadReader from, LessonDefinition[] lessons)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            var at = (int)from.UInt();
            var positions = new long[from.Count()];
            foreach (ref var positionMs in positions.AsSpan())
            {
                positionMs = from.Int();
            }

            lessons[at] = lessons[at] with { SceneChanges = new(positions) };
        }
    }

    private static void WriteLesson(PayloadWriter to, LessonDefinition lesson)
    {
        to.Text(lesson.Id);
        to.Text(lesson.Title);
        to.Byte((byte)lesson.Kind);
        to.Int(lesson.LengthMs);
        to.Bool(lesson.Required);
        to.Double(lesson.Weight);
        to.OptionalInt(lesson.DueAtMs);
        to.Double(lesson.CompletionThreshold);
    }

    private static LessonDefinition[] ReadLessons(ref PayloadReader from)
    {
        var lessons = new LessonDefinition[from.Count()];
        for (var i = 0; i < lessons.Length; i++)
        {
            lessons[i] = new LessonDefinition
            {
                Id = from.Text(),
                Title = from.Text(),
                Kind = (LessonKind)from.Byte(),
                LengthMs = from.Int(),
                Required = from.Bool(),
                Weight = from.Double(),
                DueAtMs = from.OptionalInt(),
                CompletionThreshold = from.Double(),
            };
        }

        return lessons;
    }

    private static CompletionRule ReadRule(ref PayloadReader from)
    {
        var kind = (CompletionRuleKind)from.Byte();
        var share = from.Double();
        var assessment = from.Text();
        return new(kind, share, assessment.Length == 0 ? null : assessment);
    }
}
