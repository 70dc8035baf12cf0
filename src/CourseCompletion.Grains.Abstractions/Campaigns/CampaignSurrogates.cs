using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>How a campaign's definition travels between silos: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.campaign-definition")]
public struct CampaignDefinitionSurrogate
{
    /// <summary>The encoded definition.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts definitions.</summary>
[RegisterConverter]
public sealed class CampaignDefinitionConverter : IConverter<CampaignDefinition, CampaignDefinitionSurrogate>
{
    /// <inheritdoc/>
    public CampaignDefinition ConvertFromSurrogate(in CampaignDefinitionSurrogate surrogate) => CampaignDefinitionCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public CampaignDefinitionSurrogate ConvertToSurrogate(in CampaignDefinition value) => new() { Payload = CampaignDefinitionCodec.Encode(value) };
}

/// <summary>How preferences travel: in the layout of the journal.</summary>
[GenerateSerializer, Alias("cc.learner-preferences")]
public struct LearnerPreferencesSurrogate
{
    /// <summary>The encoded preferences.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts preferences.</summary>
[RegisterConverter]
public sealed class LearnerPreferencesConverter : IConverter<LearnerPreferences, LearnerPreferencesSurrogate>
{
    /// <inheritdoc/>
    public LearnerPreferences ConvertFromSurrogate(in LearnerPreferencesSurrogate surrogate)
    {
        var from = PayloadReader.Open(surrogate.Payload, "preferences");
        return LearnerPreferencesCodec.Read(ref from);
    }

    /// <inheritdoc/>
    public LearnerPreferencesSurrogate ConvertToSurrogate(in LearnerPreferences value)
    {
        var to = new PayloadWriter();
        LearnerPreferencesCodec.Write(to, value);
        return new() { Payload = to.Finish() };
    }
}
