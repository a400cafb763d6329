import type { Change } from './storage';

/*
 * Where what lies: a document is a hash of its eTag and its JSON, a log a stream whose ids begin with `at`, a set a sorted set by the
 * time when each member is forgotten. Redis itself forgets each key.
 *
 * KEYS   one for each change
 * ARGV   for each change its kind, how many arguments follow, and these
 * reply  false for a conflict, else an array with the `at` of the last entry for each append, as texts
 */
export const COMMIT_SCRIPT = `
local at = 1
for index = 1, #KEYS do
  if ARGV[at] == 'put' and ARGV[at + 2] ~= 'any' then
    local found = redis.call('HGET', KEYS[index], 'eTag')
    if ARGV[at + 2] == 'absent' then
      if found then return false end
    elseif found ~= ARGV[at + 3] then
      return false
    end
  end
  at = at + 2 + tonumber(ARGV[at + 1])
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local replies = {}
at = 1
for index = 1, #KEYS do
  local key = KEYS[index]
  local kind = ARGV[at]
  local count = tonumber(ARGV[at + 1])
  if kind == 'put' then
    redis.call('HSET', key, 'eTag', ARGV[at + 4], 'json', ARGV[at + 5])
    redis.call('PEXPIRE', key, ARGV[at + 6])
  elseif kind == 'delete' or kind == 'drop' then
    redis.call('DEL', key)
  elseif kind == 'append' then
    local last = 0
    if redis.call('EXISTS', key) == 1 then
      local info = redis.call('XINFO', 'STREAM', key)
      for field = 1, #info, 2 do
        if info[field] == 'last-generated-id' then last = tonumber(string.match(info[field + 1], '^%d+')) end
      end
    end
    last = math.max(last, (tonumber(ARGV[at + 4]) or now) - 1)
    for text = at + 5, at + 1 + count do
      last = last + 1
      redis.call('XADD', key, string.format('%.0f-0', last), 'text', ARGV[text])
    end
    redis.call('XTRIM', key, 'MAXLEN', '=', ARGV[at + 2])
    redis.call('PEXPIRE', key, ARGV[at + 3])
    replies[#replies + 1] = string.format('%.0f', last)
  elseif kind == 'trim' then
    if redis.call('EXISTS', key) == 1 then redis.call('XTRIM', key, 'MINID', '=', ARGV[at + 2]) end
  elseif kind == 'mark' then
    redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now))
    redis.call('ZADD', key, string.format('%.0f', now + tonumber(ARGV[at + 3])), ARGV[at + 2])
    local longest = redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')
    redis.call('PEXPIREAT', key, string.format('%.0f', tonumber(longest[2])))
  elseif kind == 'unmark' then
    redis.call('ZREM', key, ARGV[at + 2])
  end
  at = at + 2 + count
end
return replies
`;

/** By the server's clock, which is the one that marked. */
export const MEMBERS_SCRIPT = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf')
`;

/** The arguments of a change for the script. Times to live are whole milliseconds from 1 on. */
export function argumentsOf(change: Change): readonly string[] {
  const ttl = 'ttlMs' in change ? `${Math.max(1, Math.round(change.ttlMs))}` : '';
  switch (change.kind) {
    case 'put': {
      const { replaces } = change;
      const mode = replaces === undefined ? 'any' : replaces === null ? 'absent' : 'eTag';
      return ['put', '5', mode, replaces ?? '', change.eTag, change.json, ttl];
    }
    case 'append':
      return ['append', `${change.texts.length + 3}`, `${change.keep}`, ttl, `${change.at ?? ''}`, ...change.texts];
    case 'trim':
      return ['trim', '1', `${change.through + 1}`];
    case 'mark':
      return ['mark', '2', encodeName(change.member), ttl];
    case 'unmark':
      return ['unmark', '1', encodeName(change.member)];
    default:
      return [change.kind, '0'];
  }
}

/** A name as it can be sent: Redis knows bytes, and lone surrogates have none. Two names never become the same. */
export function encodeName(name: string): string {
  return name.replace(/%|\p{Surrogate}/gu, (part) => `%${part.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The name that `encodeName` made this of. */
export function decodeName(text: string): string {
  return text.replace(/%([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
