#!lua
-- enroll: make sure that a sink has its group on the alert stream.
-- KEYS 1 alerts (stream)  2 sinks (hash)
-- ARGV 1 the sink
-- Answers KEPT; CREATED, at the stream's end, for a new sink; or RECREATED, at its stored place.
local place = redis.call('HGET', KEYS[2], ARGV[1])
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], place or '$', 'MKSTREAM')
if type(made) == 'table' and made.err then
  if string.find(made.err, 'BUSYGROUP', 1, true) then return 'KEPT' end
  return made
end
if place then return 'RECREATED' end
local stream = redis.call('XINFO', 'STREAM', KEYS[1])
for i = 1, #stream, 2 do
  if stream[i] == 'last-generated-id' then
    redis.call('HSET', KEYS[2], ARGV[1], stream[i + 1])
  end
end
return 'CREATED'
