import path from 'node:path';
import { readSecretFiles } from './secret-files';
import { SETTINGS } from './settings';
import { parseStorageAddress, type StorageAddress } from './storage-address';

/** Settings as they are written outside. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How the bot signs in to the Bot Framework. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly password: string; readonly tenantId: string }
  | { readonly kind: 'managed-identity'; readonly appId: string; readonly tenantId: string };

/** Everything that can be set from outside, checked and frozen. */
export interface Config {
  readonly port: number;
  /** Without credentials always a loopback address. */
  readonly host: string;
  readonly credentials: Credentials;
  /** Origin by which browsers know this server, such as `https://help.example`; `undefined`: the Host header of a request tells. */
  readonly publicUrl: string | undefined;
  /** How many proxies before this server are trusted to name their client in `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** Who helps when the bot cannot; `undefined` where nobody is named. */
  readonly contact: { readonly mail: string | undefined; readonly page: string | undefined } | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whether logs carry the text of messages. */
  readonly logMessages: boolean;
  /** Folder with `faq/`, `intents/` and `glossary.yaml`, or with raw FAQ documents. */
  readonly knowledgeDir: string;
  readonly guidesDir: string;
  /** Whether questions are found by their sense too, with the sentence encoder. */
  readonly semantic: boolean;
  readonly maxBodyBytes: number;
  /** Activities that one conversation may send to `/api/messages` in a minute. */
  readonly messagesPerMinute: number;
  /** How long one call to a channel's connector may take. */
  readonly connectorTimeoutMs: number;
  /** About how many conversations an embedded storage or one in memory remembers at once; the one that was quiet for longest is forgotten first. */
  readonly maxConversations: number;
  /** A conversation without a message for this long is forgotten. */
  readonly conversationIdleMs: number;
  /** Where conversations are kept. */
  readonly storage: StorageAddress;
  /** How long one call to the storage may take. */
  readonly storageTimeoutMs: number;
  /** File that keeps feedback on answers; `undefined`: it is logged only. */
  readonly feedbackFile: string | undefined;
  /** Feedback that is older is deleted. */
  readonly feedbackKeepMs: number;
  /** Secret that signs the web chat's tokens; `undefined`: one is made and kept in the folder of an embedded storage. */
  readonly webChatSecret: string | undefined;
  /** Life of a web chat token. */
  readonly webChatTokenMs: number;
  /** Azure's Direct Line, where web chat conversations are to be held there; `undefined`: they are held in our own storage. */
  readonly azureDirectLine: { readonly secret: string; readonly url: string } | undefined;
  /** Origins of other sites whose pages may open conversations. */
  readonly webChatOrigins: readonly string[];
  /** New conversations that one address may open in a minute. */
  readonly webChatSessionsPerMinute: number;
  /** Messages that one conversation may send in a minute. */
  readonly webChatMessagesPerMinute: number;
  /** Lets scrapers of other machines read the metrics; `undefined`: only this machine's do. */
  readonly metricsToken: string | undefined;
  /** The collector that traces are sent to, and the name under which; `undefined`: nothing is traced. */
  readonly traces: { readonly endpoint: string; readonly serviceName: string } | undefined;
  /** How long a stop goes on serving while `/ready` says no. */
  readonly drainMs: number;
  /** How long a stop waits for the turns in hand. */
  readonly stopTimeoutMs: number;
}

/** Settings that cannot be used, with every fault that was found. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The folder that holds package.json, wherever the code was built to. */
export const PROJECT_ROOT = path.resolve(__dirname, __dirname.includes(`${path.sep}dist${path.sep}`) ? '../..' : '..');

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;
/** What Azure’s ids look like. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a host name or address is this machine's own loopback. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_HOST.test(host);
}

/**
 * Reads the settings from the environment. Unset and empty mean the same but for `FEEDBACK_FILE`, where empty means none.
 * Any secret `NAME` may be given as `NAME_FILE`, the path of a file that holds it.
 * @throws {ConfigError} with all faults at once
 */
export function loadConfig(env: Environment): Config {
  const faults: string[] = [];
  const read = readerOf(readSecretFiles(env, PROJECT_ROOT, faults));

  const wholeNumber = (name: string, min: number, max: number): number => {
    const text = read(name);
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    faults.push(`${name} is "${text}"; a whole number from ${min} to ${max} is needed.`);
    return min;
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T => {
    const text = read(name);
    const found = allowed.find((value) => value.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    faults.push(`${name} is "${text}"; one of ${allowed.join(', ')} is needed.`);
    return allowed[0]!;
  };

  const credentials = readCredentials(read, faults);
  const host = read('HOST') || (credentials.kind === 'none' ? '127.0.0.1' : '0.0.0.0');
  if (credentials.kind === 'none' && !isLoopback(host)) {
    faults.push(
      `HOST is "${host}", but without credentials anybody could use the bot and make it call other machines. ` +
        'Set MicrosoftAppType, MicrosoftAppId and what goes with them, or leave HOST empty.',
    );
  }
  const mail = read('CONTACT_MAIL') || undefined;
  if (mail !== undefined && !/^[^\s@<>()]+@[^\s@<>()]+$/.test(mail)) {
    faults.push(`CONTACT_MAIL is "${mail}"; a mail address such as help@example.com is needed.`);
  }
  const page = read('CONTACT_PAGE') || undefined;
  if (page !== undefined && !isWebAddress(page)) {
    faults.push(`CONTACT_PAGE is "${page}"; an address that starts with https:// or http:// is needed.`);
  }
  const origin = (name: string, text: string): string | undefined => {
    const found = parseOrigin(text);
    if (found === undefined) {
      // A name and a password may stand in it.
      const shown = text.replace(/\/\/.*@/, '//…@');
      faults.push(
        `${name} has "${shown}"; an origin such as https://help.example is needed (http only for this machine, no path).`,
      );
    }
    return found;
  };
  const publicUrl = readPublicUrl(read, faults);
  const webChatOrigins = read('WEB_CHAT_ORIGINS')
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map((text) => origin('WEB_CHAT_ORIGINS', text))
    .filter((found) => found !== undefined);
  const webChatSecret = read('WEB_CHAT_SECRET') || undefined;
  if (webChatSecret !== undefined && webChatSecret.length < 32) {
    faults.push(`WEB_CHAT_SECRET has ${webChatSecret.length} characters; at least 32 are needed.`);
  }
  const metricsToken = read('METRICS_TOKEN') || undefined;
  if (metricsToken !== undefined && !/^[\x21-\x7e]{16,}$/.test(metricsToken)) {
    faults.push('METRICS_TOKEN cannot be used: at least 16 letters, digits or signs are needed, without spaces.');
  }

  const config: Config = {
    port: wholeNumber('PORT', 0, 65_535),
    host,
    credentials,
    trustedProxies: wholeNumber('TRUSTED_PROXIES', 0, 10),
    contact: mail === undefined && page === undefined ? undefined : Object.freeze({ mail, page }),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS),
    logMessages: oneOf('LOG_MESSAGES', ['off', 'on']) === 'on',
    knowledgeDir: path.resolve(PROJECT_ROOT, read('KNOWLEDGE_DIR')),
    guidesDir: path.resolve(PROJECT_ROOT, read('GUIDES_DIR')),
    semantic: oneOf('SEMANTIC', ['on', 'off']) === 'on',
    maxBodyBytes: wholeNumber('MAX_BODY_BYTES', 1_024, 16_777_216),
    messagesPerMinute: wholeNumber('MESSAGES_PER_MINUTE', 1, 1_000_000),
    connectorTimeoutMs: wholeNumber('CONNECTOR_TIMEOUT_MS', 100, 120_000),
    maxConversations: wholeNumber('MAX_CONVERSATIONS', 1, 1_000_000),
    conversationIdleMs: wholeNumber('CONVERSATION_IDLE_MINUTES', 1, 525_600) * 60_000,
    storage: readStorage(read, faults),
    storageTimeoutMs: wholeNumber('STORAGE_TIMEOUT_MS', 10, 60_000),
    feedbackFile: env.FEEDBACK_FILE?.trim() === '' ? undefined : path.resolve(PROJECT_ROOT, read('FEEDBACK_FILE')),
    feedbackKeepMs: wholeNumber('FEEDBACK_DAYS', 1, 36_500) * 86_400_000,
    webChatSecret,
    webChatTokenMs: wholeNumber('WEB_CHAT_TOKEN_MINUTES', 30, 1_440) * 60_000,
    publicUrl,
    azureDirectLine: readAzureDirectLine(read, credentials, publicUrl, faults),
    webChatOrigins: Object.freeze(webChatOrigins),
    webChatSessionsPerMinute: wholeNumber('WEB_CHAT_SESSIONS_PER_MINUTE', 1, 1_000_000),
    webChatMessagesPerMinute: wholeNumber('WEB_CHAT_MESSAGES_PER_MINUTE', 1, 1_000_000),
    metricsToken,
    traces: readTraces(read, faults),
    drainMs: wholeNumber('STOP_DRAIN_MS', 0, 120_000),
    stopTimeoutMs: wholeNumber('STOP_TIMEOUT_MS', 0, 600_000),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(config);
}

/** A function that reads one setting by its name, trimmed: its default, or nothing, where it is not set. */
export function readerOf(env: Environment): (name: string) => string {
  return (name) => env[name]?.trim() || (SETTINGS.find((setting) => setting.name === name)?.default ?? '');
}

function readStorage(read: (name: string) => string, faults: string[]): StorageAddress {
  const parsed = parseStorageAddress(read('STORAGE'), {
    root: PROJECT_ROOT,
    blobConnectionString: read('AZURE_STORAGE_CONNECTION_STRING') || undefined,
    cosmosKey: read('COSMOS_KEY') || undefined,
  });
  if (/^(rediss?|azureblob|cosmosdb):/i.test(read('STORAGE')) && read('WEB_CHAT_SECRET') === '') {
    faults.push(
      'STORAGE has no folder to keep a secret in, so WEB_CHAT_SECRET is needed: the same for all processes, at least 32 characters, ' +
        'such as `openssl rand -hex 32` makes.',
    );
  }
  if (parsed.ok) return Object.freeze(parsed.address);
  faults.push(parsed.fault);
  return Object.freeze({ kind: 'memory' });
}

function readTraces(read: (name: string) => string, faults: string[]): Config['traces'] {
  const endpoint = read('OTEL_EXPORTER_OTLP_ENDPOINT');
  const serviceName = read('OTEL_SERVICE_NAME');
  if (endpoint === '') return undefined;
  if (!isWebAddress(endpoint)) {
    faults.push('OTEL_EXPORTER_OTLP_ENDPOINT cannot be used: an address such as http://localhost:4318 is needed.');
  }
  return Object.freeze({ endpoint, serviceName });
}

function readAzureDirectLine(
  read: (name: string) => string,
  credentials: Credentials,
  publicUrl: string | undefined,
  faults: string[],
): Config['azureDirectLine'] {
  const secret = read('DIRECT_LINE_SECRET');
  const url = parseOrigin(read('DIRECT_LINE_URL'));
  if (url === undefined) {
    faults.push(
      'DIRECT_LINE_URL cannot be used: an https origin such as https://directline.botframework.com is needed.',
    );
  }
  if (secret === '' || url === undefined) return undefined;
  if (credentials.kind === 'none') {
    faults.push(
      'DIRECT_LINE_SECRET is set, but without credentials Azure cannot reach the bot. Set MicrosoftAppType and what goes with it.',
    );
  }
  if (publicUrl === undefined && read('PUBLIC_URL') === '') {
    faults.push('DIRECT_LINE_SECRET is set, but PUBLIC_URL is not: Azure is told which pages to trust by it.');
  }
  return Object.freeze({ secret, url });
}

/** The origin that `PUBLIC_URL` names; `undefined` where it is not set, and where it cannot be used, which is added to `faults`. */
export function readPublicUrl(read: (name: string) => string, faults: string[]): string | undefined {
  const text = read('PUBLIC_URL');
  if (text === '') return undefined;
  const origin = parseOrigin(text);
  if (origin !== undefined) return origin;
  faults.push(
    'PUBLIC_URL cannot be used: an address such as https://bot.example.com is needed, with nothing after the host and the port ' +
      '(http:// on this machine only).',
  );
  return undefined;
}

/** Whether an address names one host and nobody’s password: the host goes into a list where a star stands for any. */
export function isPlainHost(url: URL): boolean {
  return url.username === '' && url.password === '' && /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(url.hostname);
}

function readCredentials(read: (name: string) => string, faults: string[]): Credentials {
  const type = read('MicrosoftAppType');
  const appId = read('MicrosoftAppId');
  const password = read('MicrosoftAppPassword');
  const tenantId = read('MicrosoftAppTenantId');
  if (type === '') {
    for (const [name, value] of Object.entries({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: password,
      MicrosoftAppTenantId: tenantId,
    })) {
      if (value !== '') {
        faults.push(
          `${name} is set but MicrosoftAppType is not. Set it to SingleTenant or UserAssignedMSI, or clear ${name}.`,
        );
      }
    }
    return { kind: 'none' };
  }
  const kind = type.toLowerCase();
  if (kind !== 'singletenant' && kind !== 'userassignedmsi') {
    faults.push(
      `MicrosoftAppType is "${type}"; SingleTenant or UserAssignedMSI is needed (Azure registers no new MultiTenant bots since 2025).`,
    );
    return { kind: 'none' };
  }
  for (const [name, value] of Object.entries({ MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId })) {
    if (!GUID.test(value)) {
      faults.push(
        `${name} is "${value}"; with MicrosoftAppType ${type} a GUID such as 00000000-0000-0000-0000-000000000000 is needed.`,
      );
    }
  }
  if (kind === 'userassignedmsi') {
    if (password !== '') faults.push('MicrosoftAppPassword is set, but UserAssignedMSI has no password. Clear it.');
    return { kind: 'managed-identity', appId, tenantId };
  }
  if (password === '') faults.push('MicrosoftAppPassword is not set; with MicrosoftAppType SingleTenant it is needed.');
  return { kind: 'single-tenant', appId, password, tenantId };
}

function isWebAddress(text: string): boolean {
  return ['https:', 'http:'].includes(parseUrl(text)?.protocol ?? '');
}

/** An address as its parts; `undefined` for what is none. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The origin that an address is, in the form in which browsers send it; `undefined` for anything else. */
function parseOrigin(text: string): string | undefined {
  const url = parseUrl(text);
  // Whoever writes a path, a query or a name believes that it counts.
  if (url === undefined || !isPlainHost(url) || url.href !== `${url.origin}/`) return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url.origin : undefined;
}
