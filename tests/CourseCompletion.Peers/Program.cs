using System.CommandLine;
using CourseCompletion.Peers.Learners;

var data = new Option<string>("--data") { Required = true, Description = "Where the embedded store's files are." };
var serve = new RootCommand("Serves the engine's host with learners that are Akka.NET's sharded actors; started by 'bench peers'.") { data };
serve.SetAction((parsed, _) => AkkaPeer.RunAsync(parsed.GetValue(data)!));
return await serve.Parse(args).InvokeAsync();
