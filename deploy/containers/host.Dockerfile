# The server. Build from the repository's root:
#   docker build -f deploy/containers/host.Dockerfile -t coursecompletion-host .
# The compiler runs on the machine that builds, for the processor that the image is for.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# What restoring needs first, so that a change of code does not download every package again.
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/ src/
RUN dotnet restore src/CourseCompletion.Host --locked-mode \
 && dotnet publish src/CourseCompletion.Host -c Release -a $TARGETARCH --self-contained false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN mkdir /data && chown "$APP_UID":"$APP_UID" /data
COPY --from=build /app /app

# Callers and other silos reach the container at its private address; nothing is encrypted or authenticated there (docs/operations.md).
ENV COURSECOMPLETION_Network__Address=private \
    COURSECOMPLETION_Network__TrustedNetwork=true \
    COURSECOMPLETION_Storage__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
VOLUME /data
EXPOSE 5080 5081 11111 30000
USER $APP_UID
ENTRYPOINT ["dotnet", "/app/CourseCompletion.Host.dll"]
