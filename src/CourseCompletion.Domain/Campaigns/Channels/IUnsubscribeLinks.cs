namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>Makes the links by which learners end messages, and reads them back. Not registered when links are not configured.</summary>
public interface IUnsubscribeLinks
{
    /// <summary>The address that ends messages of one purpose.</summary>
    string For(UnsubscribeClaim claim);

    /// <summary>What a link's token asks for; null when the engine did not make it.</summary>
    UnsubscribeClaim? Read(string token);
}
