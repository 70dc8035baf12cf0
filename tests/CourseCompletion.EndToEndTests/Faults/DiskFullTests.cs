using CourseCompletion.EndToEndTests.Hosts;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>The disk of the embedded store is full: nothing is acknowledged that is not stored, reads go on, and it recovers without a restart when there is room again.</summary>
[Collection(FaultCollection.Name)]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const long DiskBytes = 256L << 20;
    private static readonly TimeSpan _lasts = TimeSpan.FromSeconds(15);

    private static readonly FaultPlan _plan = new("disk-full")
    {
        Workload = new() { Learners = 500, EventsPerSecond = 500 },
        EventsBefore = 3_000,
        WaitMax = TimeSpan.FromSeconds(45),
        RecoveryMax = TimeSpan.FromSeconds(30),
    };

    [LongFault(needsRedis: false, needsRoot: true)]
    public async Task Fill_UntilThereIsRoom_LosesAndRepeatsNothing()
    {
        await using var disk = await SmallDisk.MountAsync(DiskBytes);
        await FaultRun.RepeatAsync(output, _plan, () => EmbeddedTarget.StartAsync(new() { DataDirectory = disk.NewDirectory() }), async (target, run) =>
        {
            run.Begins("the disk is full");
            disk.Fill();
            await FaultRun.LastsAsync(_lasts);
            var learner = (await run.Workload.Reader.Learners.GetLearnerAsync(new() { LearnerId = "learner-0-1" })).Learner;
            Assert.True(learner.EventCount > 0);
            disk.Empty();
            run.Ends("there is room again");
            await run.GoOnAsync(TimeSpan.FromSeconds(5));
            Assert.True(target.Host.IsRunning);
        });
    }

    private sealed class SmallDisk(string path, long bytes) : IAsyncDisposable
    {
        private const int BlockBytes = 4096;
        private readonly string _ballast = Path.Combine(path, "ballast");
        private int _directories;

        public static async Task<SmallDisk> MountAsync(long bytes)
        {
            var path = Directory.CreateTempSubdirectory("coursecompletion-disk-").FullName;
            await RunAsync("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", path);
            return new(path, bytes);
        }

        public string NewDirectory() => Directory.CreateDirectory(Path.Combine(path, $"data-{++_directories}")).FullName;

        /// <summary>Takes every block that is left.</summary>
        public void Fill()
        {
            using var file = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                for (var written = 0L; written < bytes; written += BlockBytes)
                    file.Write(new byte[BlockBytes]);
            }
            catch (IOException)
            {
                // Full, as it is to be.
            }
        }

        public void Empty() => File.Delete(_ballast);

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", path);
            Directory.Delete(path);
        }

        private static async Task RunAsync(string program, params string[] arguments)
        {
            await using var run = ChildProcess.Start(program, arguments);
            Assert.True(await run.ExitCodeAsync(TimeSpan.FromSeconds(10)) == 0, run.Describe());
        }
    }
}
