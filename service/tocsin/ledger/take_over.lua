#!lua
-- take_over: move what a sink takes into its own due set, and acknowledge everything.
-- KEYS 1 alerts (stream)  2 waiting (zset)  3 parcels (hash)  4 sinks (hash)  5 held (zset)
-- ARGV 1 the sink  2 now (ms)  then three for each entry: stream id, alert id or '' if refused, parcel
-- Answers how many were moved. An entry that another replica took over meanwhile is left alone, and
-- so is an alert that already waits.
local kinds = {'stream', 'zset', 'hash', 'hash', 'zset'}
for i, kind in ipairs(kinds) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'none' and found ~= kind then
    return redis.error_reply('WRONGTYPE ' .. KEYS[i] .. ' is a ' .. found)
  end
end

local moved = 0
for i = 3, #ARGV, 3 do
  local id, alert, parcel = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if #redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1) > 0 then
    if alert ~= '' and redis.call('HSETNX', KEYS[3], alert, parcel) == 1 then
      redis.call('ZADD', KEYS[2], ARGV[2], alert)
      moved = moved + 1
    end
    redis.call('XACK', KEYS[1], ARGV[1], id)
  end
end

-- The sink's place: just before its oldest entry that nobody has taken over yet.
local function before(id)
  local ms, n = string.match(id, '^(%d+)-(%d+)$')
  if n ~= '0' then return ms .. '-' .. string.format('%.0f', tonumber(n) - 1) end
  return string.format('%.0f', tonumber(ms) - 1) .. '-18446744073709551615'
end

local open = redis.call('XPENDING', KEYS[1], ARGV[1])
if open[1] > 0 then
  redis.call('HSET', KEYS[4], ARGV[1], before(open[2]))
else
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local told = {}
    for i = 1, #group, 2 do told[group[i]] = group[i + 1] end
    if told['name'] == ARGV[1] then
      redis.call('HSET', KEYS[4], ARGV[1], told['last-delivered-id'])
    end
  end
end
return moved
