using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using Orleans.Storage;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>What a recommender stores: a checkpoint in pieces, a head that says which, and pages of what was taken since.</summary>
/// <remarks>
/// A page is one write, so that what it says is stored as a whole or not at all. A new checkpoint is written beside the one that holds; the head, written last, makes it the one that holds and
/// the pages of the one before void. Names are used again, so that nothing is ever to be deleted. An activation that another one has overtaken fails before it writes over anything of the other's: a
/// page goes over what was read, or over one of an earlier checkpoint, and a checkpoint begins by writing the head as it was read.
/// </remarks>
internal sealed class RecommenderStore(IGrainStorage storage, GrainId grain, int pagesMax)
{
    private const string HeadName = "head";
    private const long LogBytesMin = 256 * 1024;

    private readonly Dictionary<string, string?> _eTags = [];
    private RecommenderHead _head;
    private long _checkpointBytes;
    private long _logBytes;
    private int _pages;

    /// <summary>Whether the log is long against what it adds to.</summary>
    public bool IsCheckpointDue => _pages >= pagesMax || _logBytes > Math.Max(LogBytesMin, _checkpointBytes / 2);

    /// <summary>Reads back what is stored.</summary>
    /// <exception cref="StoreCorruptException">It is damaged or of a newer release.</exception>
    public async Task LoadAsync(LiveRecommender recommender)
    {
        if (await ReadAsync(HeadName) is { } head)
        {
            _head = RecommenderCodec.DecodeHead(head.Span);
            for (var piece = 0; piece < _head.Pieces; piece++)
            {
                var bytes = await ReadAsync(PieceName(_head.Epoch, piece)) ?? throw new StoreCorruptException($"Piece {piece} of {grain}'s checkpoint {_head.Epoch} is lost: restore the store.");
                RecommenderCodec.DecodePiece(recommender, bytes.Span, _head.Epoch);
                _checkpointBytes += bytes.Length;
            }

            recommender.Settled(_head);
        }

        while (await ReadAsync(PageName(_pages)) is { } page && RecommenderCodec.TakeLog(recommender, page.Span, _head.Epoch))
        {
            _logBytes += page.Length;
            _pages++;
        }
    }

    /// <summary>Stores what was taken.</summary>
    public async Task AppendAsync(long day, IReadOnlyList<object> entries)
    {
        var (name, page) = (PageName(_pages), RecommenderCodec.EncodeLog(_head.Epoch, day, entries));
        if (!_eTags.ContainsKey(name) && await ReadAsync(name) is { } there && RecommenderCodec.EpochOf(there.Span) >= _head.Epoch)
        {
            throw new InconsistentStateException($"Page {_pages} of {grain} was written by another activation.");
        }

        await WriteAsync(name, page);
        _logBytes += page.Length;
        _pages++;
    }

    /// <summary>Stores everything anew, and begins a new log.</summary>
    public async Task CheckpointAsync(LiveRecommender recommender)
    {
        var epoch = _head.Epoch + 1;
        var pieces = RecommenderCodec.EncodePieces(recommender, epoch);
        var head = new RecommenderHead(epoch, pieces.Count, recommender.Day, recommender.Revision);
        await WriteAsync(HeadName, RecommenderCodec.EncodeHead(_head));
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            await WriteAsync(PieceName(epoch, piece), pieces[piece]);
        }

        await WriteAsync(HeadName, RecommenderCodec.EncodeHead(head));
        (_head, _pages, _logBytes, _checkpointBytes) = (head, 0, 0, pieces.Sum(piece => (long)piece.Length));
    }

    private static string PageName(int page) => $"log-{page}";

    private static string PieceName(long epoch, int piece) => $"piece-{epoch % 2}-{piece}";

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(string name)
    {
        var stored = new GrainState<StoredPayload>(new());
        await storage.ReadStateAsync(name, grain, stored);
        _eTags[name] = stored.ETag;
        // Not 'null' alone, which would be an empty payload.
        return stored.RecordExists ? stored.State!.Bytes : (ReadOnlyMemory<byte>?)null;
    }

    private async Task WriteAsync(string name, byte[] bytes)
    {
        if (!_eTags.ContainsKey(name))
        {
            await ReadAsync(name);
        }

        var stored = new GrainState<StoredPayload>(new() { Bytes = bytes }, _eTags[name]) { RecordExists = _eTags[name] is not null };
        await storage.WriteStateAsync(name, grain, stored);
        _eTags[name] = stored.ETag;
    }
}
