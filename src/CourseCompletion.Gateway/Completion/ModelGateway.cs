using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Completion;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Completion;

/// <summary>Publishes completion models and chooses which one scores.</summary>
internal sealed class ModelGateway(IModelDirectory models) : Wire.ModelService.ModelServiceBase
{
    public override async Task<Wire.PublishModelResponse> PublishModel(Wire.PublishModelRequest request, ServerCallContext context)
    {
        if (request.File.IsEmpty)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "file", "Set file: it is required here."));
        }

        return new() { Catalog = Read(await models.Find().PublishAsync(request.File.ToByteArray(), request.AsShadow).ForAsync(context).ConfigureAwait(false)) };
    }

    public override async Task<Wire.ListModelsResponse> ListModels(Wire.ListModelsRequest request, ServerCallContext context) =>
        new() { Catalog = Read(await models.Find().GetAsync().ForAsync(context).ConfigureAwait(false)) };

    public override async Task<Wire.PromoteModelResponse> PromoteModel(Wire.PromoteModelRequest request, ServerCallContext context)
    {
        if (request.Name.Length == 0)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "name", "Set name: it is required here."));
        }

        return new() { Catalog = Read(await models.Find().PromoteAsync(request.Name).ForAsync(context).ConfigureAwait(false)) };
    }

    public override async Task<Wire.RollbackModelResponse> RollbackModel(Wire.RollbackModelRequest request, ServerCallContext context)
    {
        var answer = await models.Find().RollbackAsync().ForAsync(context).ConfigureAwait(false);
        return answer.Fault is { } fault ? throw GatewayErrors.Precondition(fault) : new() { Catalog = ModelMapping.ToWire(answer) };
    }

    public override async Task<Wire.ShadowModelResponse> ShadowModel(Wire.ShadowModelRequest request, ServerCallContext context) =>
        new() { Catalog = Read(await models.Find().ShadowAsync(request.Name).ForAsync(context).ConfigureAwait(false)) };

    private static Wire.ModelCatalog Read(ModelCatalogAnswer answer) => answer.Fault is { } fault ? throw GatewayErrors.Invalid(fault) : ModelMapping.ToWire(answer);
}
