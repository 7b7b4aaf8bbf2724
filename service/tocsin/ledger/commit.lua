#!lua
-- Commit the verdicts on many reports of one feed, each whole or not at all (law 2).
--
-- KEYS  1 leases (hash)  2 heads (hash)  3 the feed's seen set (zset)  4 alerts (stream)
--       5 the order of alerts (zset)  6… whatever the writes below name
-- ARGV  a letter a key                h hash, z zset, x stream, s string, l list
--       feed, token                   the lease it is done under; an empty feed asks for none
--       seconds                       when the reports were seen
--       n, then n doubtful heads      an earlier call was to move them, and did not
--       number of reports, then for each:
--         member                      in the seen set; empty for a verdict without a report
--         n, then n × head, counter   what it was judged against, and what it moves
--         n, then n alerts:           key (number in KEYS), lifetime in ms, flat facts for the
--                                     order; m, then m words of the stream's fields; m, then m
--                                     words of what is kept of it beside its sequence
--         n, then n writes:           m, then m words: command, key (number in KEYS), arguments;
--                                     INDEX score member n ms keeps a sorted set's n highest
-- Answer  {'FOREIGN', key, wanted, found} | {'FENCED'} | {'DONE', report…}, a report being
--         {'OK', sequence…} | {'SEEN'} | {'STALE'}
--
-- Redis does not roll back: everything is checked before the first write, and seen comes last. An
-- alert that was published before is not published again: its first sequence is answered.

local at = 0
local function take()
  at = at + 1
  return ARGV[at]
end
local function take_list()
  local list = {}
  for i = 1, tonumber(take()) do
    list[i] = take()
  end
  return list
end

local TYPES = {h = 'hash', z = 'zset', x = 'stream', s = 'string', l = 'list'}

local letters = take()
local feed, token = take(), take()
local seconds = take()

for i, key in ipairs(KEYS) do
  local wanted = TYPES[letters:sub(i, i)]
  local found = redis.call('TYPE', key).ok
  if found ~= 'none' and found ~= wanted then
    return {'FOREIGN', key, wanted, found}
  end
end
if feed ~= '' and redis.call('HGET', KEYS[1], feed) ~= token then
  return {'FENCED'}
end

local function padded(digits, width)
  return string.rep('0', width - #digits) .. digits
end

-- Members of equal score sort by their letters: padded, that is commit order.
local function place(sequence, facts)
  local ms, n = sequence:match('(%d+)-(%d+)')
  redis.call('ZADD', KEYS[5], 0, padded(ms, 15) .. '-' .. padded(n, 10) .. facts)
end

local function publish(alert)
  local sequence = redis.call('HGET', alert.key, 'sequence')
  if sequence then
    return sequence
  end
  sequence = redis.call('XADD', KEYS[4], '*', unpack(alert.fields))
  redis.call('HSET', alert.key, 'sequence', sequence, unpack(alert.kept))
  redis.call('PEXPIRE', alert.key, alert.lifetime)
  place(sequence, alert.facts)
  return sequence
end

local function apply(command, key, ...)
  if command ~= 'INDEX' then
    redis.call(command, key, ...)
    return
  end
  local score, member, most, lifetime = ...
  redis.call('ZADD', key, score, member)
  redis.call('ZREMRANGEBYRANK', key, 0, -most - 1)
  redis.call('PEXPIRE', key, lifetime)
end

-- A head that an earlier report was to move, and did not: what was judged on top of that report
-- must not pass by the accident of an equal counter.
local doubtful = {}
for _, head in ipairs(take_list()) do doubtful[head] = true end

local function judged_on_what_is(heads)
  for i = 1, #heads, 2 do
    local counter = redis.call('HGET', KEYS[2], heads[i]) or '0'
    if doubtful[heads[i]] or counter ~= heads[i + 1] then
      return false
    end
  end
  return true
end

local function settle(report)
  if report.member ~= '' and redis.call('ZSCORE', KEYS[3], report.member) then
    return {'SEEN'}
  end
  if not judged_on_what_is(report.heads) then
    return {'STALE'}
  end
  local answer = {'OK'}
  for _, alert in ipairs(report.alerts) do
    answer[#answer + 1] = publish(alert)
  end
  for _, words in ipairs(report.writes) do
    apply(words[1], KEYS[tonumber(words[2])], unpack(words, 3))
  end
  for i = 1, #report.heads, 2 do
    redis.call('HINCRBY', KEYS[2], report.heads[i], 1)
  end
  if report.member ~= '' then
    redis.call('ZADD', KEYS[3], seconds, report.member)
  end
  return answer
end

local answers = {'DONE'}
for _ = 1, tonumber(take()) do
  local report = {member = take(), heads = {}, alerts = {}, writes = {}}
  for _ = 1, tonumber(take()) do
    report.heads[#report.heads + 1] = take()
    report.heads[#report.heads + 1] = take()
  end
  for i = 1, tonumber(take()) do
    local alert = {key = KEYS[tonumber(take())]}
    alert.lifetime = take()
    alert.facts = take()
    alert.fields = take_list()
    alert.kept = take_list()
    report.alerts[i] = alert
  end
  for i = 1, tonumber(take()) do
    report.writes[i] = take_list()
  end
  local answer = settle(report)
  if answer[1] ~= 'OK' then
    for i = 1, #report.heads, 2 do
      doubtful[report.heads[i]] = true
    end
  end
  answers[#answers + 1] = answer
end
return answers
