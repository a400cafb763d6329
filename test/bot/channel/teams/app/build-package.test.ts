import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { buildManifest } from '../../../../../bot/channel/teams/app/build-manifest';
import { buildPackage } from '../../../../../bot/channel/teams/app/build-package';
import { ConfigError } from '../../../../../bot/config';
import { loadTeamsAppConfig } from '../../../../../bot/teams-app-config';
import { TEAMS_APP_ENV } from '../../../../support/teams-app-env';

const config = loadTeamsAppConfig(TEAMS_APP_ENV);
const PAGE_ICON = path.join(__dirname, '../../../../../bot/web-chat/page/icon.svg');
/** The part of the colour icon that no mask cuts off. */
const SAFE = { from: 36, to: 156 };

let files: Readonly<Record<string, Uint8Array>>;

beforeAll(async () => {
  files = unzipSync((await buildPackage(config, '1.2.3')).bytes);
});

test('the package holds the manifest and both icons, at its root', () => {
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  expect(JSON.parse(strFromU8(files['manifest.json']!))).toEqual(buildManifest(config, '1.2.3'));
});

test('the same settings give the same bytes', async () => {
  const [one, other] = await Promise.all([buildPackage(config, '1.2.3'), buildPackage(config, '1.2.3')]);
  expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true);
  expect(Buffer.from(one.bytes).equals((await buildPackage(config, '1.2.4')).bytes)).toBe(false);
});

test.each([
  '1.2',
  '1.2.3-beta.1',
  '01.2.3',
  'v1.2.3',
  '',
])('a version "%s", which Teams refuses, is a fault', async (version) => {
  await expect(buildPackage(config, version)).rejects.toThrow(ConfigError);
});

test('every fault of the manifest is told with that of the version', async () => {
  const faulty = { ...config, botId: 'me', developer: { ...config.developer, termsUrl: 'ftp://example.com' } };
  const error: unknown = await buildPackage(faulty, 'new').catch((reason: unknown) => reason);
  const { faults } = error as ConfigError;
  expect(faults[0]).toContain('version in package.json is "new"');
  expect(faults.slice(1).map((fault) => fault.split(' ')[0])).toEqual([
    'manifest.json/developer/termsOfUseUrl',
    'manifest.json/bots/0/botId',
    'manifest.json/composeExtensions/0/botId',
  ]);
});

describe('the icons', () => {
  test('in colour: 192 × 192, without a hole, the symbol where no mask cuts it off, the blue of the chat page', () => {
    const { width, height, pixels } = pixelsOf('color.png');
    expect([width, height]).toEqual([192, 192]);
    expect(pixels.filter(({ alpha }) => alpha !== 255)).toEqual([]);
    const blue = pixels[0]!.colour;
    expect(readFileSync(PAGE_ICON, 'utf8')).toContain(`fill="${blue}"`);
    expect(buildManifest(config, '1.2.3').accentColor.toLowerCase()).toBe(blue);
    const cut = pixels.filter(
      ({ x, y, colour }) => colour !== blue && [x, y].some((at) => at < SAFE.from || at >= SAFE.to),
    );
    expect(cut).toEqual([]);
    expect(pixels.filter(({ colour }) => colour === '#ffffff').length).toBeGreaterThan(2_000);
  });

  test('as an outline: 32 × 32, white or nothing', () => {
    const { width, height, pixels } = pixelsOf('outline.png');
    expect([width, height]).toEqual([32, 32]);
    expect(pixels.filter(({ alpha, colour }) => alpha !== 0 && colour !== '#ffffff')).toEqual([]);
    expect(pixels.filter(({ alpha }) => alpha === 255).length).toBeGreaterThan(50);
    expect(pixels.filter(({ alpha }) => alpha === 0).length).toBeGreaterThan(500);
  });
});

interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly alpha: number;
}

function pixelsOf(name: string): { width: number; height: number; pixels: readonly Pixel[] } {
  const { width, height, data } = PNG.sync.read(Buffer.from(files[name]!));
  const pixels = Array.from({ length: width * height }, (_, index) => ({
    x: index % width,
    y: Math.floor(index / width),
    colour: `#${data.subarray(index * 4, index * 4 + 3).toString('hex')}`,
    alpha: data[index * 4 + 3]!,
  }));
  return { width, height, pixels };
}
