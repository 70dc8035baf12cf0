using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>The background scrub comes to everything in the end, however often the process is started anew.</summary>
public sealed class SqliteScrubTests : IDisposable
{
    private const int DamageFound = 4020;

    private static readonly RosterKey _roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);

    private readonly SqliteDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task Scrub_AMinuteAfterTheStart_LogsWhatIsDamaged()
    {
        await MakeStoreAsync();
        _directory.Execute("UPDATE roster SET sum=0 WHERE learner='l-003'");
        await using var store = await OpenAsync();

        var minutes = await AdvanceUntilAsync(() => _log.Of(DamageFound).Length > 0);

        Assert.InRange(minutes, 1, 5);
        Assert.Contains("l-003", Assert.Single(_log.Of(DamageFound)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrub_LongTable_LogsEachPageAtOnceAndAnotherProcessGoesOnBehindIt()
    {
        await MakeStoreAsync();
        _directory.Execute("UPDATE roster SET sum=0 WHERE learner IN ('l-003', 'l-450')");
        await using (var store = await OpenAsync())
        {
            await AdvanceUntilAsync(() => ScrubPosition.Read(_directory.Path) is { Table: "roster", Key: [_, "=l-199"] });
            Assert.Contains("l-003", Assert.Single(_log.Of(DamageFound)), StringComparison.Ordinal);
        }

        await using var next = await OpenAsync();
        await AdvanceUntilAsync(() => _log.Of(DamageFound).Length > 1);

        Assert.Contains("l-450", _log.Of(DamageFound)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"table\":\"nonsense\",\"key\":[\"x\"]}")]
    [InlineData("{\"table\":\"roster\",\"key\":[\"#1\"]}")]
    public async Task Scrub_PositionCannotBeRead_StartsWithATable(string position)
    {
        await MakeStoreAsync();
        File.WriteAllText(Path.Combine(_directory.Path, ScrubPosition.FileName), position);
        _directory.Execute("UPDATE roster SET sum=0 WHERE learner='l-003'");
        await using var store = await OpenAsync();

        await AdvanceUntilAsync(() => _log.Of(DamageFound).Length > 0);
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    // A page every 100 seconds of the store's clock: slow enough to stop between two.
    private Task<SqliteStore> OpenAsync() => _directory.OpenAsync(options => options.ScrubRowsPerSecond = 2, _clock, _log);

    private async Task MakeStoreAsync()
    {
        await using var store = await _directory.OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, 3);
        await store.Rosters.WriteAsync(
            _roster, [.. Enumerable.Range(0, 500).Select(number => new StoredRosterRow(new LearnerId($"l-{number:d3}"), new(1, 1, 1), new byte[9]))], [], default);
    }

    // The scrub waits on the store's clock, and may not be waiting yet when the clock moves.
    private async Task<int> AdvanceUntilAsync(Func<bool> holds)
    {
        var minutes = 0;
        await Eventually.HoldsAsync("the scrub to come so far", TimeSpan.FromSeconds(20), () =>
        {
            if (holds())
                return Task.FromResult<string?>(null);

            _clock.Advance(TimeSpan.FromSeconds(30));
            minutes = (int)(_clock.GetUtcNow() - _clock.Start).TotalMinutes;
            return Task.FromResult<string?>($"{minutes} minutes by the store's clock");
        });
        return minutes;
    }
}
