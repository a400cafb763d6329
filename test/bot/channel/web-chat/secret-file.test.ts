import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { openSecretFile } from '../../../../bot/channel/web-chat/secret-file';

const log = pino({ level: 'silent' });
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'secret-'));
  file = path.join(folder, 'data/web-chat-secret');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = (name: string): number => statSync(name).mode & 0o777;

describe('the secret of the web chat', () => {
  test('is made once and kept, for its owner only', async () => {
    const secret = await openSecretFile(file, log);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(await openSecretFile(file, log)).toBe(secret);
    expect([mode(file), mode(path.dirname(file))]).toEqual([0o600, 0o700]);
    expect(readdirSync(path.dirname(file))).toEqual(['web-chat-secret']);
  });

  test('is one for all that start at once', async () => {
    const secrets = await Promise.all(Array.from({ length: 10 }, () => openSecretFile(file, log)));
    expect(new Set(secrets).size).toBe(1);
    expect(readdirSync(path.dirname(file))).toEqual(['web-chat-secret']);
  });

  test('is a new one each time without a file', async () => {
    expect(await openSecretFile(undefined, log)).not.toBe(await openSecretFile(undefined, log));
  });

  test.each(['', 'short', '\n'.repeat(100)])('is made anew where the file holds %j', async (text) => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, text);
    const secret = await openSecretFile(file, log);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(readFileSync(file, 'utf8').trim()).toBe(secret);
  });

  test('is hidden from others who could read it', async () => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'x'.repeat(40));
    chmodSync(file, 0o644);
    expect(await openSecretFile(file, log)).toBe('x'.repeat(40));
    expect(mode(file)).toBe(0o600);
  });

  test('is there even where no file can be', async () => {
    writeFileSync(path.join(folder, 'data'), 'a file where the folder should be');
    expect((await openSecretFile(file, log)).length).toBeGreaterThanOrEqual(32);
    expect((await openSecretFile(folder, log)).length).toBeGreaterThanOrEqual(32);
  });
});
