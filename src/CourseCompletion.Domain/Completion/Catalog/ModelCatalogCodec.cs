using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>The stored layout of the catalogue of models.</summary>
public static class ModelCatalogCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a catalogue.</summary>
    public static byte[] Encode(ModelCatalog catalog)
    {
        var to = new PayloadWriter();
        to.Byte(Format);
        to.Int(catalog.Revision);
        to.UInt((uint)catalog.Models.Count);
        foreach (var model in catalog.Models)
        {
            var description = model.Description;
            to.Text(description.Name);
            to.Text(description.Target);
            to.UInt((uint)description.HorizonDays);
            to.UInt((uint)description.FeatureVersion);
            to.UInt((uint)description.TrainedEnrolments);
            to.Float(description.BaseRate);
            to.Fixed64(description.Checksum);
            to.Int(model.PublishedAtMs);
        }

        to.UInt((uint)catalog.Champions.Count);
        foreach (var term in catalog.Champions)
        {
            to.Text(term.Name);
            to.Int(term.SinceMs);
        }

        to.Text(catalog.Shadow ?? "");
        return to.Finish();
    }

    /// <summary>Decodes a catalogue.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static ModelCatalog Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "model catalogue");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("The model catalogue has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var revision = from.Int();
        var models = new PublishedModel[from.Count()];
        for (var i = 0; i < models.Length; i++)
        {
            var description = new ModelDescription(from.Text(), from.Text(), (int)from.UInt(), (int)from.UInt(), (int)from.UInt(), from.Float(), from.Fixed64());
            models[i] = new(description, from.Int());
        }

        var champions = new ChampionTerm[from.Count()];
        for (var i = 0; i < champions.Length; i++)
        {
            champions[i] = new(from.Text(), from.Int());
        }

        var shadow = from.Text();
        return new() { Revision = revision, Models = models, Champions = champions, Shadow = shadow.Length == 0 ? null : shadow };
    }
}
