using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.Oulad;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Replay;

public sealed class OuladLayoutTests
{
    [Fact]
    public void ReadCourses_PresentationsWithAssessments_BecomeCoursesWithDueLessons()
    {
        using var files = Sample();

        var courses = new OuladLayout(files.Root, null).ReadCourses(new());

        Assert.Equal(["XYZ-2013B", "XYZ-2013J"], courses.Select(course => course.CourseId));
        Assert.Equal("2013-02-01T00:00:00Z", Rfc3339.Format(courses[0].StartsAt));
        Assert.Equal("2013-10-01T00:00:00Z", Rfc3339.Format(courses[1].StartsAt));
        Assert.Equal("2013-10-11T00:00:00Z", Rfc3339.Format(courses[1].EndsAt));
        Assert.Equal(
            ["101 Assignment True 25 2013-10-03T23:59:59Z", "102 Quiz False 0 2013-10-06T23:59:59Z", "103 Assignment False 100 -"],
            courses[1].Lessons.Select(lesson =>
                $"{lesson.LessonId} {lesson.Kind} {lesson.Required} {lesson.Weight} {(lesson.DueAt is null ? "-" : Rfc3339.Format(lesson.DueAt))}"));
    }

    [Fact]
    public void ReadEvents_Registrations_BecomeEnrolledAndWithdrew()
    {
        var events = Read(out _).Where(e => e.Enrolled is not null || e.Withdrew is not null).ToList();

        Assert.Equal(
            ["11 XYZ-2013J Enrolled 2013-09-21T00:00:00Z", "12 XYZ-2013J Enrolled 2013-09-26T00:00:00Z", "12 XYZ-2013J Withdrew 2013-10-05T23:59:59Z"],
            events.Select(e => $"{e.LearnerId} {e.CourseId} {e.BodyCase} {Rfc3339.Format(e.OccurredAt)}"));
        Assert.All(events, e => Assert.Equal("oulad", e.Source));
    }

    [Fact]
    public void ReadEvents_Clicks_AreCountedByTheFamilyOfTheirSite()
    {
        var events = Read(out _).Where(e => e.ActivityRecorded is not null).ToList();

        Assert.Equal(
            ["Discussion 4 2013-09-29T12:00:00Z", "Content 1 2013-10-02T12:00:00Z", "Content 1 2013-10-02T12:00:00Z", "Other 7 2013-10-03T12:00:00Z"],
            events.Select(e => $"{e.ActivityRecorded.Family} {e.ActivityRecorded.Count} {Rfc3339.Format(e.OccurredAt)}"));
        Assert.Equal(4, events.Select(e => e.EventId).Distinct().Count());
    }

    [Fact]
    public void ReadHistory_TutorMarkedWork_IsKnownAsHandedInAtOnceAndItsScoreTwoWeeksLater()
    {
        using var files = Sample();

        var known = new OuladLayout(files.Root, null).ReadHistory(new()).Where(known => known.Event.LessonId == "101").ToList();

        Assert.Equal(
            ["LessonCompleted 2013-10-04T18:00:00Z 2013-10-04T18:00:00Z", "AssessmentSubmitted 2013-10-04T18:00:00Z 2013-10-18T18:00:00Z"],
            known.Select(known => $"{known.Event.BodyCase} {Rfc3339.Format(known.Event.OccurredAt)} {Rfc3339.Format(known.ReceivedAt)}"));
    }

    [Fact]
    public void ReadEvents_Results_AreOutOfHundredAndBankedOnesAreLeftOut()
    {
        var submitted = Assert.Single(Read(out var faults), e => e.AssessmentSubmitted is not null);

        Assert.Equal("11 XYZ-2013J 101 2013-10-04T18:00:00Z", $"{submitted.LearnerId} {submitted.CourseId} {submitted.ObjectId} {Rfc3339.Format(submitted.OccurredAt)}");
        Assert.Equal((78, 100), (submitted.AssessmentSubmitted.Score, submitted.AssessmentSubmitted.MaxScore));
        Assert.Equal("2013-10-03T23:59:59Z", Rfc3339.Format(submitted.AssessmentSubmitted.DueAt));
        Assert.Equal(2, faults.Skipped.Values.Sum());
    }

    [Fact]
    public void ReadEvents_MalformedRows_AreReportedWithFileAndLine()
    {
        Read(out var faults);

        Assert.Equal(
            [
                "studentRegistration.csv line 4: code_presentation '2013X' is not a year followed by B or J",
                "studentVle.csv line 6: sum_click 'x' is no whole number",
                "studentAssessment.csv line 5: id_assessment '999' is not in assessments.csv",
            ],
            faults.Shown);
    }

    [Fact]
    public void ReadEvents_ReadAgain_GivesTheSameIds() =>
        Assert.Equal(Read(out _).Select(e => e.EventId), Read(out _).Select(e => e.EventId));

    [Fact]
    public void ReadEvents_OnePresentation_LeavesOutTheOthers()
    {
        using var files = Sample();

        Assert.Empty(new OuladLayout(files.Root, "XYZ-2013B").ReadEvents(new()));
        Assert.Single(new OuladLayout(files.Root, "XYZ-2013B").ReadCourses(new()));
    }

    [Fact]
    public void Open_FileMissing_NamesIt()
    {
        using var files = Sample();
        File.Delete(files.PathOf("vle.csv"));

        var error = Assert.Throws<DataFormatException>(() => new OuladLayout(files.Root, null));

        Assert.Contains("vle.csv", error.Message, StringComparison.Ordinal);
    }

    private static List<Event> Read(out RowFaults faults)
    {
        using var files = Sample();
        faults = new();
        return [.. new OuladLayout(files.Root, null).ReadEvents(faults)];
    }

    [Fact]
    public void ReadGroups_ColumnsOfStudentInfo_AreThoseOfThePresentation()
    {
        using var files = Sample();
        files.Write("studentInfo.csv", "code_module,code_presentation,id_student,gender,region,final_result\nXYZ,2013B,11,F,Wales,Fail\nXYZ,2013J,11,F,Scotland,Pass\n");
        var layout = new OuladLayout(files.Root, null);

        var groups = layout.ReadGroups(["region"], new());

        Assert.Equal(["Wales", "Scotland", "(unknown)"], new[] { "XYZ-2013B", "XYZ-2013J", "XYZ-2014B" }.Select(course => groups.ValueOf("11", course, 0)));
        Assert.Contains("It has: code_module, code_presentation, id_student, gender, region", Assert.Throws<DataFormatException>(() => layout.ReadGroups(["sex"], new())).Message);
    }

    // Made up; the layout is the published one, quotes and all.
    private static TemporaryFiles Sample()
    {
        var files = new TemporaryFiles();
        files.Write("courses.csv", "\"code_module\",\"code_presentation\",\"module_presentation_length\"\n\"XYZ\",\"2013B\",\"10\"\n\"XYZ\",\"2013J\",\"10\"\n");
        files.Write("assessments.csv", "\"code_module\",\"code_presentation\",\"id_assessment\",\"assessment_type\",\"date\",\"weight\"\n\"XYZ\",\"2013J\",\"103\",\"Exam\",\"\",\"100\"\n\"XYZ\",\"2013J\",\"101\",\"TMA\",\"2\",\"25\"\n\"XYZ\",\"2013J\",\"102\",\"CMA\",\"5\",\"0\"\n");
        files.Write("studentRegistration.csv", "code_module,code_presentation,id_student,date_registration,date_unregistration\nXYZ,2013J,11,-10,\nXYZ,2013J,12,-5,4\nXYZ,2013X,13,-5,\n");
        files.Write("vle.csv", "\"id_site\",\"code_module\",\"code_presentation\",\"activity_type\",\"week_from\",\"week_to\"\n\"1\",\"XYZ\",\"2013J\",\"forumng\",\"\",\"\"\n\"2\",\"XYZ\",\"2013J\",\"oucontent\",\"\",\"\"\n");
        files.Write("studentVle.csv", "code_module,code_presentation,id_student,id_site,date,sum_click\nXYZ,2013J,11,1,-2,4\nXYZ,2013J,11,2,1,1\nXYZ,2013J,11,2,1,1\nXYZ,2013J,11,77,2,7\nXYZ,2013J,11,2,1,x\n");
        files.Write("studentAssessment.csv", "id_assessment,id_student,date_submitted,is_banked,score\n101,11,3,0,78\n101,12,-1,1,60\n101,14,3,0,\n999,11,3,0,50\n");
        return files;
    }
}
