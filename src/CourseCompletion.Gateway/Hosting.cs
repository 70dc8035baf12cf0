using CourseCompletion.Gateway.Campaigns;
using CourseCompletion.Gateway.Cluster;
using CourseCompletion.Gateway.Comments;
using CourseCompletion.Gateway.Completion;
using CourseCompletion.Gateway.Courses;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Gateway.Health;
using CourseCompletion.Gateway.Json;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Gateway.OpenApi;
using CourseCompletion.Gateway.Questions;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway;

/// <summary>Puts the gateway into a host.</summary>
public static class Hosting
{
    /// <summary>The tag of the checks that say whether the server is ready, over gRPC and on the pages.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Registers the gRPC services. An Orleans client or silo supplies the grain factory.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(GatewayOptions.SectionName);
        services.AddOptions<GatewayOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsRules>();
        services.AddOptions<HostOptions>()
            .Configure<IOptions<GatewayOptions>>((host, gateway) => host.ShutdownTimeout = gateway.Value.DrainTimeout + gateway.Value.CloseTimeout);
        var messageBytesMax = section.Get<GatewayOptions>()?.MessageBytesMax ?? new GatewayOptions().MessageBytesMax;

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILearnerDirectory, ClusterLearnerDirectory>();
        services.TryAddSingleton<ICourseDirectory, ClusterCourseDirectory>();
        services.TryAddSingleton<ICommentDirectory, ClusterCommentDirectory>();
        services.TryAddSingleton<IModelDirectory, ClusterModelDirectory>();
        services.TryAddSingleton<ICampaignDirectory, ClusterCampaignDirectory>();
        services.TryAddSingleton<IQuestionDirectory, ClusterQuestionDirectory>();
        services.TryAddSingleton<IUnsubscriptions, LearnerUnsubscriptions>();
        services.AddSingleton<CampaignListCalls>();
        services.AddSingleton<DeadLetterCalls>();
        services.AddSingleton<InboxWatch>();
        services.AddSingleton<IngestFaultLog>();
        services.AddSingleton<EventIngest>();
        services.AddSingleton<InFlightBytes>();
        services.AddHostedService<GatewayMetricsStart>();
        services.AddSingleton<RequestDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<RequestDrain>());
        services.AddSingleton<JsonRequestRules>();
        services.AddSingleton<GrainWatch>();
        services.AddSingleton<LearnerWatch>();
        services.AddSingleton<GatewayErrorInterceptor>();

        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = messageBytesMax;
            grpc.Interceptors.Add<GatewayErrorInterceptor>();
        }).AddJsonTranscoding(json =>
        {
            json.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

            // As the JSON mapping of protobuf and the OpenAPI document say: JavaScript would round large numbers.
            json.JsonSettings.WriteInt64sAsStrings = true;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health =>
            {
                // All of the server, and each service by its name: they are ready together.
                foreach (var service in (string[])["", Wire.EngagementService.Descriptor.FullName, Wire.LearnerService.Descriptor.FullName, Wire.CourseService.Descriptor.FullName, Wire.CommentService.Descriptor.FullName, Wire.ModelService.Descriptor.FullName, Wire.CampaignService.Descriptor.FullName, Wire.QuestionService.Descriptor.FullName, Wire.ClusterService.Descriptor.FullName])
                {
                    health.Services.Map(service, check => check.Tags.Contains(ReadyTag));
                }
            })
            .AddCheck<GatewayReadiness>("gateway", tags: [ReadyTag]);
        return services;
    }

    /// <summary>Maps the services and the pages that describe them.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<RequestDrain>().RunAsync);
        app.Use(app.Services.GetRequiredService<JsonRequestRules>().RunAsync);
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.MapGrpcService<EngagementGateway>();
        app.MapGrpcService<LearnerGateway>();
        app.MapGrpcService<CourseGateway>();
        app.MapGrpcService<CommentGateway>();
        app.MapGrpcService<ModelGateway>();
        app.MapGrpcService<CampaignGateway>();
        app.MapGrpcService<QuestionGateway>();
        app.MapGrpcService<ClusterGateway>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapOpenApiPages();
        app.MapUnsubscribePages();
    }
}
