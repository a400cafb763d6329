import { randomUUID } from 'node:crypto';

/** What a token of Azure's Direct Line is good for. */
export interface AzureClaims {
  readonly conv: string;
  /** The person it is bound to; missing in tokens that were had for the secret alone. */
  readonly user?: string;
  /** The only origins whose pages may use it; empty for all. */
  readonly origs: readonly string[];
}

/** Tokens that clients can read and not make, as Azure's are. */
export class AzureTokens {
  readonly #claims = new Map<string, AzureClaims>();
  readonly #expired = new Set<string>();

  issue(claims: AzureClaims): string {
    const payload = Buffer.from(JSON.stringify({ site: 'site', ...claims })).toString('base64url');
    const token = `token-${randomUUID()}.${payload}.signature`;
    this.#claims.set(token, claims);
    return token;
  }

  /** Ends all tokens that there are. */
  expire(): void {
    for (const token of this.#claims.keys()) this.#expired.add(token);
  }

  /** What a text is: the claims of a token, `expired` for one that was a token, `undefined` for none. */
  read(token: string): AzureClaims | 'expired' | undefined {
    return this.#expired.has(token) ? 'expired' : this.#claims.get(token);
  }
}
