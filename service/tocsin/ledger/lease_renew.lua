#!lua
-- renew: hold a feed for longer.
-- KEYS 1 due (zset)  2 leases (hash)
-- ARGV 1 feed  2 token  3 the lease (ms), from now
-- Answers 1, or 0 if the lease is another's by now.
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'XX', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3], ARGV[1])
return 1
