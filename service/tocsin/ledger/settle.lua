#!lua flags=allow-oom
-- settle: write what became of leased alerts, each only while its holder's token is the newest.
-- KEYS 1 waiting  2 held  3 parcels  4 fences  5 tries  6 had  7 dead  8 died  9 the sink's state
--      10 graves (set)  11… the told keys
-- ARGV 1 now (ms)  2 had before this is forgotten (ms)  3 so are the dead (ms)  4 state or ''
--      5 how long what is told is kept (ms)  6 how many told keys  7 the sink
--      then the told values, then five for each alert: its id, token, what, and two words:
--        done  - -             it was sent
--        drop  - -             it will not be
--        wait  due tries       again at due (ms)
--        dead  letter -        a dead letter
-- Answers the ids whose lease had passed to another; of those nothing was written, and if that is
-- all of them, neither are state and told. Runs out of memory too: it frees more than it takes, and
-- what was sent must not be sent again.
local told = tonumber(ARGV[6])
local fenced, settled = {}, 0
for i = 8 + told, #ARGV, 5 do
  local alert, token, what, one, two = unpack(ARGV, i, i + 4)
  local held = redis.call('ZSCORE', KEYS[2], alert)
  if not held or redis.call('HGET', KEYS[4], alert) ~= token then
    fenced[#fenced + 1] = alert
  else
    settled = settled + 1
    redis.call('ZREM', KEYS[2], alert)
    if what == 'wait' then
      redis.call('ZADD', KEYS[1], one, alert)
      redis.call('HSET', KEYS[5], alert, two)
    else
      if what == 'done' then redis.call('ZADD', KEYS[6], ARGV[1], alert) end
      if what == 'dead' then
        redis.call('SADD', KEYS[10], ARGV[7])
        redis.call('HSET', KEYS[7], alert, one)
        redis.call('ZADD', KEYS[8], ARGV[1], alert)
      end
      redis.call('HDEL', KEYS[3], alert)
      redis.call('HDEL', KEYS[4], alert)
      redis.call('HDEL', KEYS[5], alert)
    end
  end
end

if settled > 0 or 8 + told > #ARGV then
  if ARGV[4] ~= '' then redis.call('SET', KEYS[9], ARGV[4]) end
  for i = 1, told do redis.call('SET', KEYS[10 + i], ARGV[7 + i], 'PX', ARGV[5]) end
end
redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', ARGV[2])
for _, alert in ipairs(redis.call('ZRANGEBYSCORE', KEYS[8], '-inf', ARGV[3], 'LIMIT', 0, 100)) do
  redis.call('HDEL', KEYS[7], alert)
  redis.call('ZREM', KEYS[8], alert)
end
return fenced
