using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Campaigns;
using CourseCompletion.Grains.Campaigns.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Delivery;

public sealed class NudgeOutboxTests
{
    private static readonly LearnerKey _ana = LearnerKey.For(TenantId.Default, new("ana"));

    // The learner's next frame may begin a delivery while the acknowledgement is on its way: its mark has to stay.
    [Fact]
    public void Offer_AskedWhenNothingIsLeft_AcknowledgesNoLaterFrame()
    {
        var pending = new KeptMarks();
        var outbox = new NudgeOutbox(null!, null!, [], pending, Options.Create(new CampaignOptions()), NullLogger<NudgeOutbox>.Instance);

        outbox.Offer(_ana, LearnerPreferences.None, new NudgeLog(), sequence: 5, isNew: false, all: true);

        Assert.Equal(new PendingMark(_ana, "nudges", 5), Assert.Single(pending.Acknowledged));
    }

    private sealed class KeptMarks : IPendingIndex
    {
        public List<PendingMark> Acknowledged { get; } = [];

        public int PartitionCount => 1;

        public ValueTask AcknowledgeAsync(IReadOnlyList<PendingMark> told, CancellationToken cancellationToken)
        {
            Acknowledged.AddRange(told);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<PendingMark>> ReadOlderThanAsync(int partition, TimeSpan age, int limit, CancellationToken cancellationToken) => new([]);
    }
}
