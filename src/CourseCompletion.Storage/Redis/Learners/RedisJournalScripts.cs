namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>The scripts of the journal and its pending index.</summary>
/// <remarks>
/// Redis runs a script alone and writes its effects to the append-only file as one transaction, so each is all or nothing, also across a crash. The first
/// line makes Redis refuse a script before its first command, not in its middle, when memory or disk is short. All keys of a script share a hash tag.
/// The field without a name in a partition's heads is its epoch: a partition that is not the one which was opened answers CCEPOCH.
/// </remarks>
internal static class RedisJournalScripts
{
    /// <summary>
    /// Appends frames of many learners, each fenced by its learner's head. KEYS: heads, pending, one list per append. ARGV: epoch, now in ms, the
    /// learners, then (expected head, new head, frame) per append, then (number of the append, mark) per mark. Answers the number of appends when all
    /// were applied, else a text with '1' or '0' for each.
    /// </summary>
    public const string Append = """
        #!lua
        local count = #KEYS - 2
        local heads = redis.call('HMGET', KEYS[1], '', unpack(ARGV, 3, count + 2))
        if heads[1] ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local at = count + 3
        local moved, newHeads, size, outcome, allApplied = {}, {}, 0, {}, true
        for i = 1, count do
          local learner = ARGV[i + 2]
          if (moved[learner] or heads[i + 1] or '0') == ARGV[at] then
            local head = ARGV[at + 1]
            redis.call('RPUSH', KEYS[i + 2], ARGV[at + 2])
            moved[learner] = head
            newHeads[size + 1] = learner
            newHeads[size + 2] = head
            size = size + 2
            outcome[i] = '1'
          else
            outcome[i] = '0'
            allApplied = false
          end
          at = at + 3
        end
        if size > 0 then redis.call('HSET', KEYS[1], unpack(newHeads)) end
        local fields, versions, marks = {}, {}, 0
        while at < #ARGV do
          local i = tonumber(ARGV[at])
          if outcome[i] == '1' then
            marks = marks + 1
            fields[marks] = ARGV[at + 1]
            versions[marks] = ARGV[count + 1 + i * 3]
          end
          at = at + 2
        end
        local fresh = ':' .. ARGV[2]
        for first = 1, marks, 1000 do
          local last = math.min(first + 999, marks)
          local old = redis.call('HMGET', KEYS[2], unpack(fields, first, last))
          local set = {}
          for i = first, last do
            local mark = old[i - first + 1]
            local place = (i - first) * 2
            set[place + 1] = fields[i]
            set[place + 2] = versions[i] .. (mark and string.sub(mark, string.find(mark, ':', 1, true), -1) or fresh)
          end
          redis.call('HSET', KEYS[2], unpack(set))
        end
        if allApplied then return count end
        return table.concat(outcome)
        """;

    /// <summary>
    /// Reads a learner's head and retained frames. KEYS: heads, list. ARGV: epoch, learner, after which sequence, how many at most. The newest frame comes
    /// along even when nothing newer was asked for, because it proves the head.
    /// </summary>
    public const string ReadTail = """
        #!lua flags=no-writes
        local heads = redis.call('HMGET', KEYS[1], '', ARGV[2])
        if heads[1] ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local head = heads[2]
        local length = redis.call('LLEN', KEYS[2])
        if not head or length == 0 then return {head or '0', length, {}} end
        local from = math.max(0, math.min(ARGV[3] - (head - length), length - 1))
        return {head, length, redis.call('LRANGE', KEYS[2], from, from + ARGV[4] - 1)}
        """;

    /// <summary>Lets go of frames. KEYS: heads, list. ARGV: epoch, learner, expected head, through which sequence. Answers 1, or 0 when fenced.</summary>
    public const string Trim = """
        #!lua
        local heads = redis.call('HMGET', KEYS[1], '', ARGV[2])
        if heads[1] ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local head = heads[2] or '0'
        if head ~= ARGV[3] then return 0 end
        local gone = ARGV[4] - (head - redis.call('LLEN', KEYS[2]))
        if gone > 0 then redis.call('LTRIM', KEYS[2], gone, -1) end
        return 1
        """;

    /// <summary>
    /// Adds sealed identities and forgets segments. KEYS: heads, segments to add to, segments to drop. ARGV: epoch, learner, through which sequence, number of
    /// segments to add to, their parts. A part that is already the segment's last one is not added again. Answers 1, or 0 when fenced.
    /// </summary>
    public const string Seal = """
        #!lua
        local heads = redis.call('HMGET', KEYS[1], '', ARGV[2])
        if heads[1] ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        if tonumber(heads[2] or '0') < tonumber(ARGV[3]) then return 0 end
        local added = tonumber(ARGV[4])
        for i = 1, added do
          local part = ARGV[i + 4]
          if redis.call('GETRANGE', KEYS[i + 1], -#part, -1) ~= part then redis.call('APPEND', KEYS[i + 1], part) end
        end
        for i = added + 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
        return 1
        """;

    /// <summary>Removes marks that are no newer than told. KEYS: heads, pending. ARGV: epoch, the marks, then the version told for each. Answers how many went.</summary>
    public const string Acknowledge = """
        #!lua
        if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local count = (#ARGV - 1) / 2
        local marks = redis.call('HMGET', KEYS[2], unpack(ARGV, 2, count + 1))
        local told, size = {}, 0
        for i = 1, count do
          local mark = marks[i]
          if mark and tonumber(string.sub(mark, 1, string.find(mark, ':', 1, true) - 1)) <= tonumber(ARGV[count + i + 1]) then
            size = size + 1
            told[size] = ARGV[i + 1]
          end
        end
        if size > 0 then redis.call('HDEL', KEYS[2], unpack(told)) end
        return size
        """;
}
