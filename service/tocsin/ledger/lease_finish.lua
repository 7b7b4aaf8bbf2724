#!lua
-- finish: what a poll leaves of its own, after its reports are committed; then let go (law 3).
-- KEYS 1 due (zset)  2 leases (hash)  3 the feed's state (string)  4 its seen set (zset)
--      5 pauses (zset)
-- ARGV 1 feed  2 token  3 next due in (ms)  4 state, or '' to leave it  5 its lifetime (ms)
--      6 host  7 leave that host in peace for (ms), 0 for no pause
--      8 now (s)  9 seen entries before this are forgotten (s)  10 keep at most so many
--      11… the entries that the feed shows now; none if it was not looked at
-- Answers 1, or 0 if the lease is another's by now; then nothing was written.
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
local time = redis.call('TIME')
local server = time[1] * 1000 + math.floor(time[2] / 1000)

if #ARGV > 10 then
  local shown = {}
  for i = 11, #ARGV do
    shown[ARGV[i]] = true
    redis.call('ZADD', KEYS[4], 'XX', ARGV[8], ARGV[i])
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', '(' .. ARGV[9])
  local excess = redis.call('ZCARD', KEYS[4]) - ARGV[10]
  local oldest = excess > 0 and redis.call('ZRANGE', KEYS[4], 0, excess + #ARGV) or {}
  for _, entry in ipairs(oldest) do
    if excess > 0 and not shown[entry] then
      redis.call('ZREM', KEYS[4], entry)
      excess = excess - 1
    end
  end
end
redis.call('PEXPIRE', KEYS[4], ARGV[5])
if ARGV[7] ~= '0' then redis.call('ZADD', KEYS[5], 'GT', server + ARGV[7], ARGV[6]) end
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', server)
if ARGV[4] ~= '' then redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[5]) end
redis.call('ZADD', KEYS[1], 'XX', server + ARGV[3], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
