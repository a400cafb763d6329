import fc from 'fast-check';
import { createTokens, newClaims } from '../../../../bot/channel/direct-line/tokens';

const claims = { conversationId: 'conversation', userId: 'dl_user' };
const create = (now = () => 1_000_000) =>
  createTokens({ secret: 'a secret of at least 32 characters', lifeMs: 60_000, now });

describe('tokens', () => {
  test('a token says whom it was made for', () => {
    const tokens = create();
    const { token, expiresInSeconds } = tokens.issue(claims);
    expect(tokens.check(token)).toEqual({ kind: 'valid', claims });
    expect(expiresInSeconds).toBe(60);
  });

  test('a token expires when its life is over, not before', () => {
    let now = 1_000_000;
    const tokens = create(() => now);
    const { token } = tokens.issue(claims);
    now += 59_999;
    expect(tokens.check(token).kind).toBe('valid');
    now += 1;
    expect(tokens.check(token).kind).toBe('expired');
  });

  test('a token outlives the process where there is a secret, and only there', () => {
    const { token } = create().issue(claims);
    expect(create().check(token).kind).toBe('valid');
    const random = () => createTokens({ secret: undefined, lifeMs: 60_000, now: () => 1_000_000 });
    expect(random().check(random().issue(claims).token).kind).toBe('invalid');
  });

  test('Web Chat can read the user id out of a token', () => {
    const [, payload] = create().issue(claims).token.split('.');
    expect(JSON.parse(Buffer.from(payload!, 'base64url').toString())).toMatchObject({ user: 'dl_user' });
  });

  test('no change to a token goes unnoticed', () => {
    const tokens = create();
    const { token } = tokens.issue(claims);
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.string({ unit: 'binary-ascii', minLength: 0, maxLength: 3 }),
        (at, put) => {
          const changed = token.slice(0, at) + put + token.slice(at + 1);
          fc.pre(changed !== token);
          expect(tokens.check(changed).kind).toBe('invalid');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('other bytes under an old signature are noticed', () => {
    const tokens = create();
    const [header, , signature] = tokens.issue(claims).token.split('.');
    fc.assert(
      fc.property(fc.string(), fc.string(), (conv, user) => {
        fc.pre(conv !== claims.conversationId || user !== claims.userId);
        const payload = Buffer.from(JSON.stringify({ conv, user, exp: 9_999_999_999 })).toString('base64url');
        expect(tokens.check(`${header}.${payload}.${signature}`).kind).toBe('invalid');
      }),
    );
  });

  test('an unsigned token is none', () => {
    const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const [, payload] = create().issue(claims).token.split('.');
    expect(create().check(`${header}.${payload}.`).kind).toBe('invalid');
  });

  test('any text can be checked', () => {
    const tokens = create();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(tokens.check(text).kind).toBe('invalid');
      }),
    );
  });

  test('new claims are never the same, and their user id is one that only tokens carry', () => {
    const all = Array.from({ length: 1_000 }, newClaims);
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(1_000);
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(1_000);
    for (const { conversationId, userId } of all) {
      expect(conversationId).toMatch(/^[\w-]{22}$/);
      expect(userId).toMatch(/^dl_[\w-]{22}$/);
    }
  });
});
