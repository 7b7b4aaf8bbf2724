#!lua
-- claim: lease feeds that are due, so that no other replica polls them.
-- KEYS 1 due (zset)  2 hosts (hash)  3 pauses (zset)  4 leases (hash)  5 fence (string)
-- ARGV 1 at most so many  2 the lease (ms)
-- Answers feed, token for each. A feed held is due again when its lease ends: a holder that died
-- needs no clearing up. A feed whose host is paused is put off till the end of the pause.
-- Tokens rise for ever, also after a loss of `fence`, while the server's clock does.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local microseconds = time[1] * 1000000 + time[2]
local fence = math.max(tonumber(redis.call('GET', KEYS[5]) or '0'), microseconds)

local claimed = {}
for _, feed in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])) do
  local host = redis.call('HGET', KEYS[2], feed)
  local pause = host and redis.call('ZSCORE', KEYS[3], host)
  if pause and tonumber(pause) > now then
    redis.call('ZADD', KEYS[1], pause, feed)
  else
    fence = fence + 1
    local token = string.format('%.0f', fence)
    redis.call('SET', KEYS[5], token)
    redis.call('HSET', KEYS[4], feed, token)
    redis.call('ZADD', KEYS[1], now + ARGV[2], feed)
    claimed[#claimed + 1] = feed
    claimed[#claimed + 1] = token
  end
end
return claimed
