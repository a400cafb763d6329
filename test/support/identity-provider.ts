import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Claims = Readonly<Record<string, unknown>>;

/** What a token is made of. `signature` makes the bytes of the last part; default: the provider's own key signs. */
export interface TokenParts {
  readonly header?: Claims;
  readonly signature?: (text: string) => Buffer;
}

/**
 * The identity provider of the Bot Framework on 127.0.0.1: its OpenID metadata, its key, which is endorsed for `endorsements`,
 * and tokens signed by it.
 */
export class IdentityProvider {
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** `false`: it answers nothing but 500. */
  isUp = true;
  readonly #server = createServer((request, response) => {
    const jwk = { ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'our-key', endorsements: this.endorsements };
    const body = request.url === '/keys' ? { keys: [jwk] } : { jwks_uri: `${this.url}/keys` };
    response.writeHead(this.isUp ? 200 : 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });

  constructor(private readonly endorsements: readonly string[]) {}

  static async start(endorsements: readonly string[]): Promise<IdentityProvider> {
    const provider = new IdentityProvider(endorsements);
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get metadataUrl(): string {
    return `${this.url}/.well-known/openidconfiguration`;
  }

  /** The key as text, which everybody may have. */
  get publicKey(): string {
    return this.#keys.publicKey.export({ format: 'pem', type: 'pkcs1' }).toString();
  }

  token(claims: Claims, { header = {}, signature = signWith(this.#keys.privateKey) }: TokenParts = {}): string {
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const text = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'our-key', ...header })}.${encode(claims)}`;
    return `${text}.${signature(text).toString('base64url')}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** A signature by a key, as RS256 wants it. */
export function signWith(key: KeyObject): (text: string) => Buffer {
  return (text) => sign('RSA-SHA256', Buffer.from(text), key);
}

/** A signature as HS256 wants it. */
export function hmacWith(secret: string): (text: string) => Buffer {
  return (text) => createHmac('sha256', secret).update(text).digest();
}
