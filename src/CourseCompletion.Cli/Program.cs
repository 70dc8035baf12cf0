using System.CommandLine;
using CourseCompletion.Cli.Bench;
using CourseCompletion.Cli.Cluster;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Demo;
using CourseCompletion.Cli.Doctor;
using CourseCompletion.Cli.Export;
using CourseCompletion.Cli.Learners;
using CourseCompletion.Cli.Recommendations;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Cli.Simulate;

var root = new RootCommand("The CourseCompletion command-line tool.")
{
    DemoCommand.Create(),
    SimulateCommand.Create(),
    ReplayCommand.Create(),
    LearnerCommands.Create(),
    CourseCommands.Create(),
    RecommendCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ModelCommands.Create(),
    IndexCommand.Create(),
    BenchCommand.Create(),
    ClusterCommands.Create(),
    DoctorCommand.Create(),
    ExportCommand.Create(),
};

// On Ctrl+C a command has this long to collect answers and save where it stands.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
