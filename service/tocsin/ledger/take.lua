#!lua flags=allow-oom
-- take: lease what is due at one sink, so that no other replica sends it.
-- KEYS 1 waiting (zset)  2 held (zset)  3 parcels (hash)  4 fences (hash)  5 tries (hash)
-- ARGV 1 now (ms)  2 the lease (ms)  3 at most so many  4 'all' or 'due'
-- 'all' is for a sink for people: if anything is due and nobody holds anything, all that waits.
-- Answers for each: alert id, when it was due (ms), its token, parcel, tries or ''.
-- Runs out of memory too, for sending is what frees it. What is due goes by
-- Tocsin's clock; leases go by the server's, and one that ran out ends here.
local time = redis.call('TIME')
local server = time[1] * 1000 + math.floor(time[2] / 1000)

for _, alert in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', server)) do
  redis.call('ZREM', KEYS[2], alert)
  redis.call('ZADD', KEYS[1], 'NX', ARGV[1], alert)
end

local found
if ARGV[4] == 'all' then
  if redis.call('ZCARD', KEYS[2]) > 0 or redis.call('ZCOUNT', KEYS[1], '-inf', ARGV[1]) == 0 then
    return {}
  end
  found = redis.call('ZRANGE', KEYS[1], 0, ARGV[3] - 1, 'WITHSCORES')
else
  found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
end

local taken = {}
for i = 1, #found, 2 do
  local alert, due = found[i], found[i + 1]
  redis.call('ZREM', KEYS[1], alert)
  local parcel = redis.call('HGET', KEYS[3], alert)
  if parcel then
    redis.call('ZADD', KEYS[2], server + ARGV[2], alert)
    local token = redis.call('HINCRBY', KEYS[4], alert, 1)
    taken[#taken + 1] = {alert, due, token, parcel, redis.call('HGET', KEYS[5], alert) or ''}
  end
end
return taken
