import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Guide } from '../../dialogs/guide';
import { formatAction } from '../action';
import { loadConfig } from '../config';
import { formatFault } from '../foundation/content-error';
import { chat } from './chat';
import { allDrawings, outdated, writeDrawings } from './guides/drawings';
import { guideSchema, SCHEMA_FILE } from './guides/guide-schema';
import { type GuidesRead, readGuides } from './guides/read-guides';
import { loadRenderer } from './guides/render-svg';
import { waysTable } from './guides/ways-table';

const USAGE = `Commands:
  npm run -s guides                         lists the guides
  npm run -s guides -- draw [ID]            draws one guide or all into dialogs/guides/diagrams; --check only tells what is out of date
  npm run -s guides -- table ID             every way and its outcome, for a review; --all: every combination; --tsv: for a spreadsheet
  npm run -s guides -- try ID               walks a guide in the terminal
  npm run -s guides -- schema               writes dialogs/guide.schema.json, which editors check guides with; --check as above
`;

const COMMANDS = ['draw', 'table', 'try', 'schema'] as const;

/** The options that each command takes. */
const OPTIONS: Readonly<Record<(typeof COMMANDS)[number], readonly string[]>> = {
  draw: ['check'],
  table: ['all', 'tsv'],
  try: [],
  schema: ['check'],
};

/**
 * Tools for those who write and review guides. Exit code 1 where something is out of date or a guide has faults; 2 for a call
 * that makes no sense.
 */
export async function guides(args: readonly string[]): Promise<number> {
  const call = readCall(args);
  if (typeof call === 'string') return refuse(call);
  if (call.command === 'schema') return writeSchema(call.check);
  const { guidesDir } = loadConfig(process.env);
  const read = await readGuides(guidesDir);
  const { command, id } = call;
  if (id !== undefined && read.faults.has(id)) return tellFaults(read, id);
  const guide = id === undefined ? undefined : read.guides.get(id);
  if (id !== undefined && guide === undefined) return refuse(`There is no guide "${id}". ${guidesThere(read)}`);
  if (command === 'draw') return draw(read, guide, path.join(guidesDir, 'diagrams'), call.check);
  if (command === undefined) return list(read);
  if (guide === undefined) return refuse(`${command} needs the id of a guide. ${guidesThere(read)}`);
  if (command === 'try') {
    return chat([], { kind: 'button', action: formatAction({ kind: 'begin', guide: guide.id }), label: guide.title });
  }
  for (const line of waysTable(guide, call.tsv ? 'tsv' : 'markdown', call.all)) process.stdout.write(line);
  return 0;
}

interface Call {
  readonly command: (typeof COMMANDS)[number] | undefined;
  readonly id: string | undefined;
  readonly all: boolean;
  readonly tsv: boolean;
  readonly check: boolean;
}

/** What was asked for, or what is wrong with it. */
function readCall(args: readonly string[]): Call | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        tsv: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
      },
    });
    const [name, id, ...rest] = positionals;
    const command = COMMANDS.find((one) => one === name);
    if (name !== undefined && command === undefined) {
      return `There is no command "${name}". Commands: ${COMMANDS.join(', ')}.`;
    }
    if (rest.length > 0 || (command === 'schema' && id !== undefined)) {
      return `One too many: "${rest[0] ?? id}". One guide at a time.`;
    }
    const odd = Object.entries(values).find(
      ([option, given]) => given && (command === undefined || !OPTIONS[command].includes(option)),
    );
    if (odd !== undefined) return `${command ?? 'The list'} takes no --${odd[0]}.`;
    return { command, id, ...values };
  } catch (error) {
    return `${String((error as Error).message).split('. ')[0]}. Options: --all and --tsv (table), --check (draw, schema).`;
  }
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 2;
}

function guidesThere({ guides: known, faults }: GuidesRead): string {
  return `Guides: ${[...known.keys(), ...faults.keys()].sort().join(', ')}.`;
}

/** Prints the faults of one guide or of all; exit code 1 where there are any. */
function tellFaults({ faults }: GuidesRead, id?: string): number {
  const found = id === undefined ? [...faults.values()].flat() : faults.get(id)!;
  for (const fault of found) process.stderr.write(`${formatFault(fault)}\n`);
  return found.length === 0 ? 0 : 1;
}

function list(read: GuidesRead): number {
  const rows = [...read.guides.values()].map(({ id, title, questions, outcomes, longest, start }) => [
    id,
    `${questions.size}`,
    `${outcomes.size}`,
    `${longest.get(start.id)}`,
    title,
  ]);
  const table = [['guide', 'questions', 'outcomes', 'longest way', 'title'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)));
    process.stdout.write(`${[...cells.slice(0, -1), row.at(-1)].join('  ')}\n`);
  }
  process.stdout.write(`\n${USAGE}`);
  return tellFaults(read);
}

async function draw(read: GuidesRead, one: Guide | undefined, dir: string, check: boolean): Promise<number> {
  const files = allDrawings([...read.guides.values()], await loadRenderer());
  // The drawing of a guide that has a fault right now is not thrown away.
  const whole = one === undefined && read.faults.size === 0;
  const isMeant = (name: string): boolean =>
    one === undefined || name === 'README.md' || path.parse(name).name === one.id;
  const names = (await outdated(dir, files, whole)).filter(isMeant);
  for (const name of names) process.stdout.write(`${path.join(path.relative(process.cwd(), dir), name)}\n`);
  if (check) {
    process.stdout.write(names.length === 0 ? 'The drawings are up to date.\n' : OUT_OF_DATE);
    return Math.max(names.length === 0 ? 0 : 1, one === undefined ? tellFaults(read) : 0);
  }
  await writeDrawings(dir, files, names);
  process.stdout.write(`${names.length} of ${files.size} files changed.\n`);
  return one === undefined ? tellFaults(read) : 0;
}

const OUT_OF_DATE = 'Out of date: run `npm run -s guides -- draw`.\n';

async function writeSchema(check: boolean): Promise<number> {
  const text = await guideSchema();
  const name = path.relative(process.cwd(), SCHEMA_FILE);
  if (check) {
    const same = (await readFile(SCHEMA_FILE, 'utf8').catch(() => '')) === text;
    process.stdout.write(
      same ? `${name} is up to date.\n` : `${name} is out of date: run \`npm run -s guides -- schema\`.\n`,
    );
    return same ? 0 : 1;
  }
  await writeFile(SCHEMA_FILE, text);
  process.stdout.write(`${name} is written.\n`);
  return 0;
}
