import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { createTokens, newClaims } from '../../../../bot/channel/direct-line/tokens';

const claims = { conversationId: 'conversation', userId: 'dl_user' };
const SECRET = 'a secret of at least 32 characters';
const create = (now = () => 1_000_000) => createTokens({ secret: SECRET, lifeMs: 60_000, now });

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

  test('a token outlives the process as long as the secret does', () => {
    const { token } = create().issue(claims);
    expect(create().check(token).kind).toBe('valid');
    const other = createTokens({ secret: 'another secret of 32 characters...', lifeMs: 60_000, now: () => 1_000_000 });
    expect(other.check(token).kind).toBe('invalid');
  });

  test('a token is good for one use only', () => {
    const uses = ['access', 'stream', 'resume'] as const;
    const of = (use: (typeof uses)[number]) => createTokens({ secret: SECRET, lifeMs: 60_000, use });
    for (const issued of uses) {
      for (const wanted of uses) {
        const { kind } = of(wanted).check(of(issued).issue(claims).token);
        expect([issued, wanted, kind]).toEqual([issued, wanted, issued === wanted ? 'valid' : 'invalid']);
      }
    }
  });

  test('what somebody else signed with the same secret is no token', () => {
    fc.assert(
      fc.property(fc.json(), (payload) => {
        const [header] = create().issue(claims).token.split('.');
        const signed = `${header}.${Buffer.from(payload).toString('base64url')}`;
        const signature = createHmac('sha256', SECRET).update(signed).digest('base64url');
        expect(create().check(`${signed}.${signature}`).kind).toBe('invalid');
      }),
    );
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
    const all = Array.from({ length: 1_000 }, () => newClaims());
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(1_000);
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(1_000);
    for (const { conversationId, userId } of all) {
      expect(conversationId).toMatch(/^[\w-]{22}$/);
      expect(userId).toMatch(/^dl_[\w-]{22}$/);
    }
  });
});
