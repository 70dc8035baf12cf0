namespace CourseCompletion.Client.Streams;

/// <summary>Lets at most so many events be unanswered; later callers wait in the order in which they came.</summary>
internal sealed class CapacityGate(int capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private int _used;
    private Func<Exception>? _closed;

    /// <summary>Takes the capacity if it is there and nobody waits for it.</summary>
    public bool TryEnter(int count)
    {
        lock (_lock)
        {
            if (_closed is not null)
                throw _closed();
            return _waiters.Count == 0 && TryTake(count);
        }
    }

    /// <summary>Takes the capacity, waiting until it is there.</summary>
    public Task EnterAsync(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            if (_closed is not null)
                throw _closed();
            if (_waiters.Count == 0 && TryTake(count))
                return Task.CompletedTask;
            node = _waiters.AddLast(new Waiter(count));
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(node, cancellationToken) : node.Value.Entered.Task;
    }

    /// <summary>Gives capacity back.</summary>
    public void Leave(int count)
    {
        lock (_lock)
        {
            _used -= count;
            AdmitWaiters();
        }
    }

    /// <summary>Fails everybody who waits and whoever comes later.</summary>
    public void Close(Func<Exception> reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
            foreach (var waiter in _waiters)
                waiter.Entered.TrySetException(_closed());
            _waiters.Clear();
        }
    }

    private async Task WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, waiting) = ((CapacityGate, LinkedListNode<Waiter>))state!;
                gate.Forget(waiting, token);
            },
            (this, node)).ConfigureAwait(false);
        await node.Value.Entered.Task.ConfigureAwait(false);
    }

    private void Forget(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (node.List is null)
                return; // Admitted or closed before.
            _waiters.Remove(node);
            node.Value.Entered.TrySetCanceled(cancellationToken);
            AdmitWaiters();
        }
    }

    private void AdmitWaiters()
    {
        while (_closed is null && _waiters.First is { } first && TryTake(first.Value.Count))
        {
            _waiters.RemoveFirst();
            first.Value.Entered.TrySetResult();
        }
    }

    private bool TryTake(int count)
    {
        // One batch larger than everything may pass when it is alone; it would wait for ever otherwise.
        if (_used > 0 && _used + count > capacity)
            return false;
        _used += count;
        return true;
    }

    private sealed class Waiter(int count)
    {
        public int Count { get; } = count;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
