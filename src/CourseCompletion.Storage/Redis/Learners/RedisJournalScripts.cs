namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>The scripts of the journal and its pending index.</summary>
/// <remarks>
/// Redis runs a script alone and writes its effects to the append-only file as one transaction, so each is all or nothing, also across a crash. The first
/// line makes Redis refuse a script before its first command, not in its middle, when memory or disk is short. What damage can make fail is read before the
/// first write, or tried with pcall: an error in the middle would leave what was written before it. All keys of a script share a hash tag.
/// The field without a name in a partition's heads is its epoch: a partition that is not the one which was opened answers CCEPOCH.
/// </remarks>
internal static class RedisJournalScripts
{
    /// <summary>
    /// Appends frames of many learners, each fenced by its learner's head. KEYS: heads, pending, one list per append. ARGV: epoch, now in ms, the
    /// learners, then (expected head, new head, frame) per append, then (number of the append, mark) per mark. Answers the number of appends when all
    /// were applied, else a text with '1', '0' (fenced) or 'x' (the key of the frames is damaged) for each. A mark that cannot be read counts as none.
    /// </summary>
    public const string Append = """
        #!lua
        local count = #KEYS - 2
        local heads = redis.call('HMGET', KEYS[1], '', unpack(ARGV, 3, count + 2))
        if heads[1] ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local at = count * 4 + 3
        local fields, owners, marks = {}, {}, 0
        while at < #ARGV do
          marks = marks + 1
          owners[marks] = tonumber(ARGV[at])
          fields[marks] = ARGV[at + 1]
          at = at + 2
        end
        local old = {}
        for first = 1, marks, 1000 do
          old[first] = redis.call('HMGET', KEYS[2], unpack(fields, first, math.min(first + 999, marks)))
        end
        at = count + 3
        local moved, newHeads, size, outcome, allApplied = {}, {}, 0, {}, true
        for i = 1, count do
          local learner = ARGV[i + 2]
          if (moved[learner] or heads[i + 1] or '0') == ARGV[at] then
            local head = ARGV[at + 1]
            if type(redis.pcall('RPUSH', KEYS[i + 2], ARGV[at + 2])) == 'number' then
              moved[learner] = head
              newHeads[size + 1] = learner
              newHeads[size + 2] = head
              size = size + 2
              outcome[i] = '1'
            else
              outcome[i] = 'x'
              allApplied = false
            end
          else
            outcome[i] = '0'
            allApplied = false
          end
          at = at + 3
        end
        if size > 0 then redis.call('HSET', KEYS[1], unpack(newHeads)) end
        local fresh = ':' .. ARGV[2]
        for first = 1, marks, 1000 do
          local set, place = {}, 0
          for i = first, math.min(first + 999, marks) do
            if outcome[owners[i]] == '1' then
              local mark = old[first][i - first + 1]
              set[place + 1] = fields[i]
              set[place + 2] = ARGV[count + 1 + owners[i] * 3] .. (mark and string.match(mark, '^%d+(:%d+)$') or fresh)
              place = place + 2
            end
          end
          if place > 0 then redis.call('HSET', KEYS[2], unpack(set)) end
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

    /// <summary>
    /// Lets go of frames. KEYS: heads, list. ARGV: epoch, learner, expected head, through which sequence. Answers 1, or 0 when fenced. Allowed when memory is full, for
    /// it frees some.
    /// </summary>
    public const string Trim = """
        #!lua flags=allow-oom
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

    /// <summary>
    /// Removes marks that are no newer than told, and those that cannot be read. KEYS: heads, pending. ARGV: epoch, the marks, then the version told for each. Answers how
    /// many went. Allowed when memory is full, for it frees some.
    /// </summary>
    public const string Acknowledge = """
        #!lua flags=allow-oom
        if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local count = (#ARGV - 1) / 2
        local marks = redis.call('HMGET', KEYS[2], unpack(ARGV, 2, count + 1))
        local told, size = {}, 0
        for i = 1, count do
          local mark = marks[i]
          if mark and tonumber(string.match(mark, '^(%d+):%d+$') or '0') <= tonumber(ARGV[count + i + 1]) then
            size = size + 1
            told[size] = ARGV[i + 1]
          end
        end
        if size > 0 then redis.call('HDEL', KEYS[2], unpack(told)) end
        return size
        """;
}
