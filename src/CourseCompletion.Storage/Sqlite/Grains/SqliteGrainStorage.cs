using System.Globalization;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;
using Orleans.Storage;

namespace CourseCompletion.Storage.Sqlite.Grains;

/// <summary>Orleans grain storage on the embedded store: keeps the bytes of <see cref="StoredPayload"/> and nothing else.</summary>
internal sealed class SqliteGrainStorage(WriteQueue queue, ReaderPool readers) : IGrainStorage
{
    private static readonly StoredPayloadSerializer _serializer = StoredPayloadSerializer.Instance;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var grain = grainId.ToString();
        var stored = await readers.ReadAsync(database => SnapshotRows.Read(database, stateName, grain), CancellationToken.None).ConfigureAwait(false);
        grainState.State = _serializer.Deserialize<T>(new BinaryData(stored?.Payload ?? []));
        grainState.ETag = Text(stored?.ETag);
        grainState.RecordExists = stored is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = _serializer.Serialize(grainState.State).ToMemory();
        var request = new WriteSnapshotRequest(stateName, grainId.ToString(), Number(grainState.ETag), payload);
        queue.Add(request);
        Check(await request.Completion.ConfigureAwait(false), "written", stateName, grainId, grainState);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var request = new ClearSnapshotRequest(stateName, grainId.ToString(), Number(grainState.ETag));
        queue.Add(request);
        Check(await request.Completion.ConfigureAwait(false), "cleared", stateName, grainId, grainState);
        grainState.State = _serializer.Deserialize<T>(new BinaryData(Array.Empty<byte>()));
        grainState.RecordExists = false;
    }

    private static void Check<T>(SnapshotOutcome outcome, string verb, string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!outcome.Applied)
        {
            throw new InconsistentStateException(
                $"State '{stateName}' of grain {grainId} was not {verb}: somebody else wrote it.", Text(outcome.ETag) ?? "none", grainState.ETag ?? "none");
        }

        grainState.ETag = Text(outcome.ETag);
    }

    private static string? Text(long? etag) => etag?.ToString(CultureInfo.InvariantCulture);

    // An ETag that this store never gave out fits no row.
    private static long? Number(string? etag) => string.IsNullOrEmpty(etag)
        ? null
        : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
