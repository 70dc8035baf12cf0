using System.Collections;

namespace CourseCompletion.Domain.Learners;

/// <summary>A list that takes no object of its own: nothing while empty, an array of one for its first item.</summary>
/// <remarks>
/// For the many lists of a learner that stay empty or have one item. A struct that changes: its owner keeps it in a field and hands it out by reference; a copy is for
/// reading only.
/// </remarks>
public struct CompactList<T> : IReadOnlyList<T>
{
    private T[]? _items;
    private int _count;

    /// <inheritdoc/>
    public readonly int Count => _count;

    /// <inheritdoc/>
    public readonly T this[int index] => AsSpan()[index];

    /// <summary>The items, until the list changes.</summary>
    public readonly ReadOnlySpan<T> AsSpan() => new(_items, 0, _count);

    /// <summary>Adds an item at the end.</summary>
    public void Add(T item) => Insert(_count, item);

    /// <summary>Inserts an item before the one at an index.</summary>
    public void Insert(int index, T item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)_count);
        if (_items is null || _count == _items.Length)
        {
            Array.Resize(ref _items, _count switch { 0 => 1, 1 => 4, _ => _count * 2 });
        }

        Array.Copy(_items, index, _items, index + 1, _count - index);
        _items[index] = item;
        _count++;
    }

    /// <summary>Removes the item at an index.</summary>
    public void RemoveAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count);
        _count--;
        Array.Copy(_items!, index + 1, _items!, index, _count - index);
        _items![_count] = default!;
    }

    /// <summary>Removes the first item that equals the given one; tells whether there was one.</summary>
    public bool Remove(T item)
    {
        var index = _count == 0 ? -1 : Array.IndexOf(_items!, item, 0, _count);
        if (index >= 0)
        {
            RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Lets go of all items.</summary>
    public void Clear() => this = default;

    /// <summary>Walks the items.</summary>
    public readonly ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    readonly IEnumerator<T> IEnumerable<T>.GetEnumerator()
    {
        for (var i = 0; i < _count; i++)
        {
            yield return _items![i];
        }
    }

    readonly IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();
}
