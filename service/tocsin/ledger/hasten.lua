#!lua
-- hasten: a sink answers again; what waits for a later attempt comes soon, at a steady rate.
-- KEYS 1 waiting (zset)
-- ARGV 1 now (ms)  2 the time between two (ms)
-- Answers how many.
local late = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf')
for i, alert in ipairs(late) do
  redis.call('ZADD', KEYS[1], 'XX', 'LT', ARGV[1] + ARGV[2] * i, alert)
end
return #late
