using System.Collections.Concurrent;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Comments;

namespace CourseCompletion.Grains.Learners;

/// <summary>The silo's recorders: lent to one append each, so that a hundred thousand quiet learners hold none.</summary>
internal sealed class LearnerRecorders(LearnerPolicy policy, BandPolicy bands, ICompletionModels models, TenantComments comments)
{
    private const int KeptMax = 4_096;

    private readonly ConcurrentBag<LearnerRecorder> _kept = [];

    /// <summary>Lends a recorder, begun for a learner.</summary>
    public LearnerRecorder Rent(LearnerState state, TenantId tenant)
    {
        var recorder = _kept.TryTake(out var kept) ? kept : new LearnerRecorder(policy, bands, comments);
        recorder.Begin(state, tenant, models.Current.ChampionOf(tenant));
        return recorder;
    }

    /// <summary>Takes a recorder back; its user keeps nothing of it.</summary>
    public void Return(LearnerRecorder recorder)
    {
        recorder.End();
        if (_kept.Count < KeptMax)
        {
            _kept.Add(recorder);
        }
    }
}
