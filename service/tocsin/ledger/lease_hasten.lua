#!lua
-- hasten: let feeds be due no later than in a while; one that is being polled is left alone.
-- KEYS 1 due (zset)  2 leases (hash)
-- ARGV 1 within (ms)  2… feeds
-- Answers how many are due sooner for it.
local time = redis.call('TIME')
local at = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
local sooner = 0
for i = 2, #ARGV do
  if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 0 then
    sooner = sooner + redis.call('ZADD', KEYS[1], 'XX', 'LT', 'CH', at, ARGV[i])
  end
end
return sooner
