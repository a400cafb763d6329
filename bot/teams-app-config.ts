import {
  ConfigError,
  type Environment,
  GUID,
  isLoopback,
  isPlainHost,
  parseUrl,
  readerOf,
  readPublicUrl,
} from './config';
import { SETTINGS } from './settings';

/** What only the Teams app package is built of. */
export interface TeamsAppConfig {
  /** The bot’s application id, in lower case as all ids here. */
  readonly botId: string;
  /** `undefined`: to be made from `botId`. */
  readonly appId: string | undefined;
  /** Always https, and never this machine’s own loopback. */
  readonly publicUrl: string;
  /** Who offers the bot; every address is an https one. */
  readonly developer: {
    readonly name: string;
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsUrl: string;
  };
}

/** Limits of the Teams manifest. */
const MAX_DEVELOPER_NAME = 32;
const MAX_URL_LENGTH = 2_048;

const SAMPLE_GUID = 'a GUID such as 00000000-0000-0000-0000-000000000000';

/**
 * Reads what the Teams app package needs, and nothing else, so that it can be built where the bot’s secrets are not.
 * @throws {ConfigError} with all faults at once, missing settings among them
 */
export function loadTeamsAppConfig(env: Environment): TeamsAppConfig {
  const faults: string[] = [];
  const read = readerOf(env);
  const needed = (name: string): string => {
    const text = read(name);
    if (text === '') faults.push(`${name} is not set. ${descriptionOf(name)} Set it in .env.`);
    return text;
  };
  const guid = (name: string, text: string): string => {
    if (text !== '' && !GUID.test(text)) faults.push(`${name} is "${text}"; ${SAMPLE_GUID} is needed.`);
    return text.toLowerCase();
  };
  const page = (name: string, text: string): string => {
    if (text === '') return '';
    const url = parseUrl(text);
    if (url?.protocol === 'https:' && isPlainHost(url) && url.href.length <= MAX_URL_LENGTH) return url.href;
    faults.push(`${name} cannot be used: an address such as https://example.com/page is needed, without a password.`);
    return '';
  };

  const botId = guid('MicrosoftAppId', needed('MicrosoftAppId'));
  const appId = guid('TEAMS_APP_ID', read('TEAMS_APP_ID')) || undefined;
  needed('PUBLIC_URL');
  const publicUrl = readPublicUrl(read, faults) ?? '';
  if (publicUrl !== '' && isLoopback(new URL(publicUrl).hostname)) {
    faults.push(`PUBLIC_URL is "${publicUrl}", which only this machine reaches; Teams needs a public https address.`);
  }
  const name = needed('TEAMS_DEVELOPER_NAME');
  if (name.length > MAX_DEVELOPER_NAME || /\p{Cc}/u.test(name)) {
    faults.push(`TEAMS_DEVELOPER_NAME is "${name}"; one line of up to ${MAX_DEVELOPER_NAME} characters is needed.`);
  }
  const developer = {
    name,
    websiteUrl: page('TEAMS_WEBSITE_URL', read('TEAMS_WEBSITE_URL')) || publicUrl,
    privacyUrl: page('TEAMS_PRIVACY_URL', needed('TEAMS_PRIVACY_URL')),
    termsUrl: page('TEAMS_TERMS_URL', needed('TEAMS_TERMS_URL')),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({ botId, appId, publicUrl, developer: Object.freeze(developer) });
}

/** What a setting is, with an example of it. */
function descriptionOf(name: string): string {
  const meaning = SETTINGS.find((setting) => setting.name === name)?.meaning ?? '';
  return name === 'MicrosoftAppId' ? `${meaning} It is ${SAMPLE_GUID}.` : meaning;
}
