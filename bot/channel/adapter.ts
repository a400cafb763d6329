import {
  type Activity,
  CloudAdapter,
  type ConfigurationBotFrameworkAuthenticationOptions,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { type AuthenticateRequestResult, AuthenticationConstants, AuthenticationError } from 'botframework-connector';
import type { Config, Credentials } from '../config';
import { mayTakeLater } from './connector-limits';
import { SharedClientAuthentication } from './shared-clients';
import type { TurnErrorHandler } from './turn-error';

/** What came of handing an activity to the bot. */
export type Received =
  | { readonly kind: 'done'; readonly response: InvokeResponse | undefined }
  /** The channel did not take the reply at the moment: the person has seen nothing, and memory is as if nothing had been said. */
  | { readonly kind: 'undelivered' }
  /** The caller's token is missing or does not hold. */
  | { readonly kind: 'unauthorised' }
  /** The token could not be checked now: the keys to check it with could not be had. */
  | { readonly kind: 'unchecked'; readonly error: unknown }
  /** The caller has sent too much. */
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number };

/**
 * A CloudAdapter that reports what came of an activity instead of writing the response itself: `CloudAdapter.process` prints to
 * the console and answers 500 to a caller with a bad token.
 */
export class ReportingAdapter extends CloudAdapter {
  readonly #wantsTokens: boolean;

  constructor(authentication: SharedClientAuthentication, wantsTokens: boolean) {
    super(authentication);
    this.#wantsTokens = wantsTokens;
  }

  /**
   * Checks the caller, runs the turn and waits for its end. A turn that fails is `onTurnError`'s business, and `done` unless the
   * channel failed. `wait` says after how many seconds a caller who is known by then may come, `undefined` for now; by default all may.
   */
  async receive(
    authorization: string,
    activity: Activity,
    onTurn: (context: TurnContext) => Promise<void>,
    wait: () => Promise<number | undefined> = async () => undefined,
  ): Promise<Received> {
    let caller: AuthenticateRequestResult;
    if (this.#wantsTokens && !isFromBotFramework(authorization)) return { kind: 'unauthorised' };
    try {
      caller = await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    } catch (error) {
      return isKeyServiceDown(error) ? { kind: 'unchecked', error } : { kind: 'unauthorised' };
    }
    const retryAfterSeconds = await wait();
    if (retryAfterSeconds !== undefined) return { kind: 'too-many', retryAfterSeconds };
    let isUndelivered = false;
    const response = await this.processActivity(caller, activity, async (context) => {
      try {
        await onTurn(context);
      } catch (error) {
        isUndelivered = mayTakeLater(error);
        throw error;
      }
    });
    return isUndelivered ? { kind: 'undelivered' } : { kind: 'done', response };
  }
}

/**
 * The adapter for the Bot Framework's channels and the Emulator, with the credentials and limits of `config`. `keysUrl` is the
 * OpenID metadata by which callers' tokens are checked, in tests; default: the Bot Framework's.
 */
export function buildCloudAdapter(
  config: Pick<Config, 'credentials' | 'connectorTimeoutMs'>,
  onTurnError: TurnErrorHandler,
  keysUrl?: string,
): ReportingAdapter {
  keepEntityProperties();
  const options = { ...authenticationOptions(config.credentials), ...(keysUrl === undefined ? {} : keysAt(keysUrl)) };
  const authentication = new SharedClientAuthentication(options, config.connectorTimeoutMs);
  const adapter = new ReportingAdapter(authentication, config.credentials.kind !== 'none');
  adapter.onTurnError = onTurnError;
  return adapter;
}

function authenticationOptions(credentials: Credentials): ConfigurationBotFrameworkAuthenticationOptions {
  switch (credentials.kind) {
    case 'none':
      return {};
    case 'single-tenant':
      return {
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppId: credentials.appId,
        MicrosoftAppPassword: credentials.password,
        MicrosoftAppTenantId: credentials.tenantId,
      } as ConfigurationBotFrameworkAuthenticationOptions;
    case 'managed-identity':
      return {
        MicrosoftAppType: 'UserAssignedMSI',
        MicrosoftAppId: credentials.appId,
        MicrosoftAppTenantId: credentials.tenantId,
      } as ConfigurationBotFrameworkAuthenticationOptions;
  }
}

/**
 * Whether a token says that the Bot Framework issued it; its signature is checked later. The SDK would also take tokens of
 * Entra ID for this application, whoever they are meant for and without a look at the serviceUrl: those that the bot itself
 * sends to channels are such tokens.
 */
function isFromBotFramework(authorization: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString());
    return (claims as { readonly iss?: unknown }).iss === AuthenticationConstants.ToBotFromChannelTokenIssuer;
  } catch {
    return false;
  }
}

/** With one address of its own, the SDK wants all of them. What stands for the identity provider has nothing to sign in at. */
function keysAt(url: string): ConfigurationBotFrameworkAuthenticationOptions {
  return {
    ToChannelFromBotLoginUrl: new URL('/no-login', url).href,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
    ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: url,
    ToBotFromEmulatorOpenIdMetadataUrl: url,
  };
}

/**
 * Whether a check failed for want of the issuer's keys. Everything else is held against the token: jsonwebtoken's errors reach
 * us as they are, and a token that the library stumbles over must not pass for a fault of ours.
 */
function isKeyServiceDown(error: unknown): boolean {
  if (error instanceof AuthenticationError) return Number(error.statusCode) >= 500;
  return error instanceof Error && error.name === 'FetchError';
}

/**
 * botbuilder 4.23.3 sends only three fields of every entity and drops the rest (citations, stream info), after which Web Chat
 * shows an empty bubble: https://github.com/microsoft/botbuilder-js/issues/4902. The mapper is told to keep all of them.
 */
function keepEntityProperties(): void {
  const mappers = require('botframework-connector/lib/connectorApi/models/mappers') as {
    readonly Entity: { readonly type: { additionalProperties?: unknown } };
  };
  mappers.Entity.type.additionalProperties = { type: { name: 'Object' } };
}
