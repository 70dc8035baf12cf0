# The command-line tool. Build from the repository's root:
#   docker build -f deploy/containers/cli.Dockerfile -t coursecompletion-cli .
# The compiler runs on the machine that builds, for the processor that the image is for.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/ src/
RUN dotnet restore src/CourseCompletion.Cli --locked-mode \
 && dotnet publish src/CourseCompletion.Cli -c Release -a $TARGETARCH --self-contained false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# LightGBM, with which train learns models, is built with OpenMP.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data \
 && chown "$APP_UID":"$APP_UID" /data
COPY --from=build /app /app
WORKDIR /data
USER $APP_UID
ENTRYPOINT ["dotnet", "/app/CourseCompletion.Cli.dll"]
