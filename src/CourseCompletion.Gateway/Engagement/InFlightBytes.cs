using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>How many bytes of batches are under way in the whole process; who finds no room waits in turn.</summary>
internal sealed class InFlightBytes(IOptions<GatewayOptions> options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private long _used;

    /// <summary>Takes room if it is there and nobody waits for it.</summary>
    public bool TryEnter(int bytes)
    {
        lock (_lock)
        {
            return _waiters.Count == 0 && TryTake(bytes);
        }
    }

    /// <summary>Takes room, waiting until it is there.</summary>
    public ValueTask EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _waiters.Count == 0 && TryTake(bytes) ? default : new(WaitAsync(_waiters.AddLast(new Waiter(bytes)), cancellationToken));
        }
    }

    /// <summary>Gives room back.</summary>
    public void Leave(int bytes)
    {
        lock (_lock)
        {
            GiveBack(bytes);
            AdmitWaiters();
        }
    }

    private async Task WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        try
        {
            await node.Value.Entered.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Forget(node);
            throw;
        }
    }

    private void Forget(LinkedListNode<Waiter> node)
    {
        lock (_lock)
        {
            if (node.List is null)
            {
                GiveBack(node.Value.Bytes); // Admitted at the last moment.
            }
            else
            {
                _waiters.Remove(node);
            }

            AdmitWaiters();
        }
    }

    private void AdmitWaiters()
    {
        while (_waiters.First is { } first && TryTake(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            first.Value.Entered.SetResult();
        }
    }

    private bool TryTake(int bytes)
    {
        if (_used + bytes > options.Value.InFlightBytesMax)
        {
            return false;
        }

        _used += bytes;
        GatewayMetrics.BytesUnderWay.Add(bytes);
        return true;
    }

    private void GiveBack(int bytes)
    {
        _used -= bytes;
        GatewayMetrics.BytesUnderWay.Add(-bytes);
    }

    private sealed record Waiter(int Bytes)
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
