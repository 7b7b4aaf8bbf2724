#!lua
-- dismiss: a sink is no more; its group goes, with its place and its due set.
-- KEYS 1 alerts (stream)  2 sinks (hash)  3 waiting (zset)  4 held (zset)  5… what else is its own
-- ARGV 1 the sink
-- Answers 1, or 0 if something still waits or is being sent: nothing is lost in silence.
if redis.call('ZCARD', KEYS[3]) > 0 or redis.call('ZCARD', KEYS[4]) > 0 then return 0 end
redis.call('XGROUP', 'DESTROY', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
for i = 3, #KEYS do redis.call('DEL', KEYS[i]) end
return 1
