using CourseCompletion.Storage.Sqlite.Commits;
using CourseCompletion.Storage.Sqlite.Learners;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>The window lets go of every learner in the end.</summary>
public sealed class JournalWindowTests
{
    private readonly LogBuffer _log = new(64 * 1024, 1);
    private readonly JournalWindow _window;

    public JournalWindowTests() => _window = new JournalWindow(new PendingMarks(64, 1000), _log, idleLearnersMax: 0);

    [Fact]
    public void Forget_FrameCameBetweenTakingAndRetiring_LearnerIsForgotten()
    {
        var ada = NewEntry("ada");
        lock (_window.Gate)
        {
            Append(ada, 1);
            _window.TakeDirty();
            Append(ada, 2);

            // The slice is filled only now, so it holds both frames.
            _window.Retired(ada, frames: 2, storedTrim: 0);
            _window.TakeDirty();
            _window.ForgetIdle();
        }

        Assert.Null(_window.Find(ada.Learner));
    }

    [Fact]
    public void Forget_FrameCameAfterTheSliceWasFilled_LearnerStaysUntilItIsRetired()
    {
        var ada = NewEntry("ada");
        lock (_window.Gate)
        {
            Append(ada, 1);
            _window.TakeDirty();
            Append(ada, 2);
            _window.Retired(ada, frames: 1, storedTrim: 0);
            _window.TakeDirty();
            _window.ForgetIdle();
            Assert.Same(ada, _window.Find(ada.Learner));

            _window.Retired(ada, frames: 1, storedTrim: 0);
            _window.ForgetIdle();
        }

        Assert.Null(_window.Find(ada.Learner));
    }

    private LearnerEntry NewEntry(string learner)
    {
        var entry = _window.EntryOf(Learner(learner));
        entry.SetHead(0, 0);
        return entry;
    }

    private void Append(LearnerEntry entry, long sequence)
    {
        _log.Begin(sequence, 0, 1024);
        entry.Add(sequence, _log.Append(entry.Learner.Value, sequence, 0, [], new byte[10]));
        _log.Finish();
        _log.Keep();
        _window.MarkDirty(entry);
    }
}
