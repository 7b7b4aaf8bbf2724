#!lua
-- enroll: let feeds be polled, due now if they are new; one that is known keeps its time.
-- KEYS 1 due (zset)  2 hosts (hash)
-- ARGV feed, host for each
-- Answers how many are new.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local new = 0
for i = 1, #ARGV, 2 do
  new = new + redis.call('ZADD', KEYS[1], 'NX', now, ARGV[i])
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
return new
