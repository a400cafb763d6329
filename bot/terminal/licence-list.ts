/** One package that runs in production, as the lock file has it. */
export interface PackageLicence {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; empty where the package names none. */
  readonly licence: string;
}

/** Licences that allow use in any product, if their text goes along. */
const PERMITTED: ReadonlySet<string> = new Set(
  '0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 CC0-1.0 ISC MIT PSF-2.0 Python-2.0 Unlicense Zlib'.split(
    ' ',
  ),
);
/** Packages that name their licence in their text alone. */
const NAMED_IN_TEXT: ReadonlyMap<string, string> = new Map([
  ['escape-regexp-component', 'MIT'],
  ['semaphore', 'MIT'],
  ['sylvester', 'MIT'],
]);
const FOLDER = 'node_modules/';

/** The packages of a lock file that are installed for production, by name and version, each once. */
export function productionPackages(lockFile: string): readonly PackageLicence[] {
  const { packages } = JSON.parse(lockFile) as { packages: Readonly<Record<string, LockedPackage>> };
  const found = new Map<string, PackageLicence>();
  for (const [place, { version, license, dev, devOptional }] of Object.entries(packages)) {
    if (!place.includes(FOLDER) || dev || devOptional) continue;
    const name = place.slice(place.lastIndexOf(FOLDER) + FOLDER.length);
    found.set(`${name}@${version}`, { name, version, licence: license ?? NAMED_IN_TEXT.get(name) ?? '' });
  }
  return [...found.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** Not by locale: the order must be the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether an SPDX expression leaves a licence to choose that is permitted: one side of an `OR`, both sides of an `AND`. False for
 * what is empty or mixes the two.
 */
export function isPermitted(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain) || (/ OR /.test(plain) && / AND /.test(plain))) return false;
  if (plain.includes(' AND ')) return plain.split(' AND ').every((one) => PERMITTED.has(one));
  return plain.split(' OR ').some((one) => PERMITTED.has(one));
}

/** The list as it is kept in `THIRD-PARTY-LICENCES.md`. */
export function licenceList(packages: readonly PackageLicence[]): string {
  const counts = new Map<string, number>();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const summary = [...counts]
    .sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))
    .map(([name, count]) => `${count} ${name}`);
  return [
    '# Licences of the packages that run in production',
    '',
    'Made by `npm run licences -- --write`; a test fails where it is out of date or a licence is not permitted.',
    'Each package brings the text of its licence in `node_modules`.',
    '',
    `${packages.length} packages: ${summary.join(', ')}.`,
    '',
    '| Package | Version | Licence |',
    '| --- | --- | --- |',
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
  ].join('\n');
}
