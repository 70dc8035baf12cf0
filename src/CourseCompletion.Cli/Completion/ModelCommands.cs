using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Completion;

/// <summary><c>models list|publish|promote|rollback|shadow|health</c>.</summary>
internal static class ModelCommands
{
    public static Command Create() => new("models", "Publish completion models to running servers, choose which one scores, and see how good they are.")
    {
        List(), Publish(), Promote(), Rollback(), Shadow(), Health(),
    };

    private static Command List() => Make("list", "Show the models, and which one scores.", [], async (models, _, cancellationToken) =>
        (await models.ListModelsAsync(new(), cancellationToken: cancellationToken)).Catalog);

    private static Command Publish()
    {
        var file = new Argument<FileInfo>("file") { Description = "A model file, as written by train." };
        var shadow = new Option<bool>("--shadow") { Description = "Let it score beside the champion only, without being shown." };
        return Make("publish", "Store a model and let it score.", [file, shadow], async (models, parsed, cancellationToken) =>
        {
            var bytes = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, cancellationToken);
            var request = new PublishModelRequest { File = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes), AsShadow = parsed.GetValue(shadow) };
            return (await models.PublishModelAsync(request, cancellationToken: cancellationToken)).Catalog;
        });
    }

    private static Command Promote()
    {
        var name = new Argument<string>("name") { Description = "A stored model, or one of the release." };
        return Make("promote", "Let a stored model score from now on.", [name], async (models, parsed, cancellationToken) =>
            (await models.PromoteModelAsync(new() { Name = parsed.GetRequiredValue(name) }, cancellationToken: cancellationToken)).Catalog);
    }

    private static Command Rollback() => Make("rollback", "Let the champion before the present one score again.", [], async (models, _, cancellationToken) =>
        (await models.RollbackModelAsync(new(), cancellationToken: cancellationToken)).Catalog);

    private static Command Shadow()
    {
        var name = new Argument<string?>("name") { Description = "A stored model, or one of the release; none to end it.", Arity = ArgumentArity.ZeroOrOne };
        return Make("shadow", "Let a model score beside the champion without being shown.", [name], async (models, parsed, cancellationToken) =>
            (await models.ShadowModelAsync(new() { Name = parsed.GetValue(name) ?? "" }, cancellationToken: cancellationToken)).Catalog);
    }

    private static Command Health()
    {
        var name = new Argument<string?>("name") { Description = "A stored model, or one of the release; without it the champion and its shadow.", Arity = ArgumentArity.ZeroOrOne };
        var byCourse = new Option<bool>("--by-course") { Description = "Show the figures of each course too." };
        return Connect("health", "Show how good models turned out to be, by predictions whose outcome is known.", [name, byCourse], async (models, parsed, isJson, cancellationToken) =>
        {
            var health = await models.GetModelHealthAsync(new() { Name = parsed.GetValue(name) ?? "" }, cancellationToken: cancellationToken);
            ModelHealthText.Write(Console.Out, health, parsed.GetValue(byCourse), isJson);
        });
    }

    private static Command Make(
        string name, string description, Symbol[] symbols, Func<ModelService.ModelServiceClient, ParseResult, CancellationToken, Task<ModelCatalog>> call) =>
        Connect(name, description, symbols, async (models, parsed, isJson, cancellationToken) =>
            ModelText.Write(Console.Out, await call(models, parsed, cancellationToken), isJson));

    private static Command Connect(
        string name, string description, Symbol[] symbols, Func<ModelService.ModelServiceClient, ParseResult, bool, CancellationToken, Task> run) =>
        ServerCommand.Make(name, description, symbols, async (channel, parsed, isJson, cancellationToken) =>
        {
            await run(new(channel), parsed, isJson, cancellationToken);
            return CommandRun.Ok;
        });
}
