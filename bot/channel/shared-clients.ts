import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { LRUCache } from 'lru-cache';
import { limitConnector } from './connector-limits';
import { buildConnectorAgents, type ConnectorAgents, sendPlainly } from './connector-sends';

/** Channels have a handful of service addresses; more come only from somebody who makes them up. */
const MAX_CLIENTS = 100;

/**
 * Authentication whose connector clients are made once for each service address, and limited (see connector-limits.ts), where
 * botbuilder makes two clients with fifteen policies each in every turn. Clients hold no state of a turn. They send by plain requests
 * (see connector-sends.ts).
 */
export class SharedClientAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #connectorTimeoutMs: number;
  readonly #agents = buildConnectorAgents();
  readonly #connectors = new LRUCache<string, ConnectorClient>({ max: MAX_CLIENTS });
  readonly #tokenClients = new LRUCache<string, UserTokenClient>({ max: MAX_CLIENTS });

  constructor(
    settings: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[0],
    connectorTimeoutMs: number,
  ) {
    super(settings);
    this.#connectorTimeoutMs = connectorTimeoutMs;
  }

  override async authenticateRequest(
    ...request: Parameters<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
  ): Promise<AuthenticateRequestResult> {
    const result = await super.authenticateRequest(...request);
    return {
      ...result,
      connectorFactory: result.connectorFactory && this.#share(result.connectorFactory, result.claimsIdentity),
    };
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return this.#share(super.createConnectorFactory(identity), identity);
  }

  // Asked for in every turn, though only sign-in dialogs use it.
  override async createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    const key = audienceOf(identity);
    const known = this.#tokenClients.get(key);
    if (known !== undefined) return known;
    const client = await super.createUserTokenClient(identity);
    this.#tokenClients.set(key, client);
    return client;
  }

  #share(factory: ConnectorFactory, identity: ClaimsIdentity): ConnectorFactory {
    return new SharingFactory(factory, audienceOf(identity), this.#connectors, this.#connectorTimeoutMs, this.#agents);
  }
}

class SharingFactory extends ConnectorFactory {
  constructor(
    private readonly inner: ConnectorFactory,
    private readonly bot: string,
    private readonly clients: LRUCache<string, ConnectorClient>,
    private readonly timeoutMs: number,
    private readonly agents: ConnectorAgents,
  ) {
    super();
  }

  override async create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
    const key = JSON.stringify([this.bot, serviceUrl, audience]);
    const known = this.clients.get(key);
    if (known !== undefined) return known;
    const client = await this.inner.create(serviceUrl, audience);
    limitConnector(client, this.timeoutMs);
    await sendPlainly(client, { agents: this.agents, timeoutMs: this.timeoutMs });
    this.clients.set(key, client);
    return client;
  }
}

/** The application id that a caller's token was made for; empty without credentials. */
function audienceOf(identity: ClaimsIdentity): string {
  return [identity.getClaimValue('aud'), identity.getClaimValue('appid')].join(' ');
}
