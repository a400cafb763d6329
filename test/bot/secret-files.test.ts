import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ConfigError, loadConfig } from '../../bot/config';
import { readSecretFiles } from '../../bot/secret-files';
import { SETTINGS } from '../../bot/settings';

const SECRET = 'a secret of more than 32 characters, äöü';
const secrets = SETTINGS.filter(({ secret }) => secret).map(({ name }) => name);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'secret-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function fileWith(text: string): string {
  const file = path.join(dir, 'secret');
  writeFileSync(file, text);
  return file;
}

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
}

describe('a secret in a file', () => {
  test.each(['', '\n', '\r\n'])('is read without the line break %j at its end', (end) => {
    expect(loadConfig({ WEB_CHAT_SECRET_FILE: fileWith(SECRET + end) }).webChatSecret).toBe(SECRET);
  });

  test.each(secrets)('may be %s', (name) => {
    const faults: string[] = [];
    const file = fileWith(`${SECRET}\n`);
    expect(readSecretFiles({ [`${name}_FILE`]: path.basename(file) }, dir, faults)[name]).toBe(SECRET);
    expect(faults).toEqual([]);
  });

  test('that is given twice is a fault, and neither is shown', () => {
    const faults = faultsOf({ WEB_CHAT_SECRET_FILE: fileWith(SECRET), WEB_CHAT_SECRET: `other ${SECRET}` });
    expect(faults).toEqual(['WEB_CHAT_SECRET and WEB_CHAT_SECRET_FILE are both set. Clear one of them.']);
  });

  test('that cannot be had is a fault that names the file', () => {
    const missing = path.join(dir, 'missing');
    expect(faultsOf({ WEB_CHAT_SECRET_FILE: missing })).toEqual([expect.stringContaining(missing)]);
    expect(faultsOf({ WEB_CHAT_SECRET_FILE: dir })).toEqual([expect.stringContaining(dir)]);
    expect(faultsOf({ WEB_CHAT_SECRET_FILE: fileWith('\n') })).toEqual([expect.stringContaining('is empty')]);
  });

  test('that is no good is a fault without what is in it', () => {
    const faults = faultsOf({ WEB_CHAT_SECRET_FILE: fileWith('too short') });
    expect(faults).toHaveLength(1);
    expect(faults.join()).not.toContain('too short');
  });

  test('is meant only by the file of a secret', () => {
    expect(loadConfig({ PORT_FILE: '/nowhere', CONTACT_MAIL_FILE: '/nowhere' })).toEqual(loadConfig({}));
  });
});

test('every setting that sounds like a secret is one, and so is an address with a password in it', () => {
  const sounds = /secret|password|connection_string|(^|_)(key|token)$|^STORAGE$/i;
  expect(SETTINGS.filter(({ name, secret }) => sounds.test(name) !== (secret === true))).toEqual([]);
});
