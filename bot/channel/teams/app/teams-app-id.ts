import { createHash } from 'node:crypto';

/** Told apart from whatever else may once be named after the same bot. */
const NAME = 'teams-app';

/**
 * The id of the Teams app of a bot: the name-based UUID (version 5, RFC 9562) in the bot’s own namespace. One bot always gets the same,
 * so that a package that is built again updates the app instead of adding a second one. `botId` is a GUID in either case of letters.
 */
export function teamsAppIdOf(botId: string): string {
  return uuidOfName(botId, NAME);
}

/** The version 5 UUID of a name within a namespace (a GUID), as RFC 9562, 5.5, makes it. */
export function uuidOfName(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
