#!lua
-- replay: a dead letter waits again, as if it had just been taken over.
-- KEYS 1 dead (hash)  2 died (zset)  3 waiting (zset)  4 parcels (hash)  5 tries (hash)
-- ARGV 1 alert id  2 now (ms)  3 parcel  4 tries
-- Answers 1, or 0 if it is no dead letter (any more).
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
if redis.call('HSETNX', KEYS[4], ARGV[1], ARGV[3]) == 1 then
  redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
  redis.call('HSET', KEYS[5], ARGV[1], ARGV[4])
end
return 1
