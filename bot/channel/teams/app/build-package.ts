import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, type ZipOptions, zipSync } from 'fflate';
import { ConfigError, PROJECT_ROOT } from '../../../config';
import type { TeamsAppConfig } from '../../../teams-app-config';
import { buildManifest, ICONS } from './build-manifest';
import { validateManifest } from './validate-manifest';

const ICONS_DIR = path.join(PROJECT_ROOT, 'bot/channel/teams/app/icons');

/** The day on which zip’s calendar starts. It has no time zone, so local midnight gives the same bytes everywhere. */
const ZIP_OPTIONS: ZipOptions = { level: 9, mtime: new Date(1980, 0, 1) };

/** A package as it is written to a file, and what is in it. */
export interface TeamsPackage {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly appId: string;
}

/**
 * Builds the zip that is uploaded to Teams. The same settings and version give the same bytes, whenever and wherever.
 * @throws {ConfigError} with every fault of the version and of the manifest
 */
export async function buildPackage(config: TeamsAppConfig, version: string): Promise<TeamsPackage> {
  const manifest = buildManifest(config, version);
  const faults = await validateManifest(manifest);
  const isPlain = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version);
  const unfit = `version in package.json is "${version}"; Teams takes three numbers such as 1.2.3 only.`;
  if (faults.length > 0 || !isPlain) throw new ConfigError(isPlain ? faults : [unfit, ...faults]);
  const [color, outline] = await Promise.all(
    [ICONS.color, ICONS.outline].map((name) => readFile(path.join(ICONS_DIR, name))),
  );
  const files = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    [ICONS.color]: new Uint8Array(color!),
    [ICONS.outline]: new Uint8Array(outline!),
  };
  return { bytes: zipSync(files, ZIP_OPTIONS), name: manifest.name.short, appId: manifest.id };
}
