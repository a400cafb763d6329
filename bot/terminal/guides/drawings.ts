import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diagramOf } from '../../../dialogs/draw/diagram';
import { dotOf } from '../../../dialogs/draw/dot';
import { mermaidOf } from '../../../dialogs/draw/mermaid';
import type { Guide } from '../../../dialogs/guide';
import type { RenderSvg } from './render-svg';

const README = 'README.md';

/** Files by name: the drawing of a guide as SVG and as Mermaid. Whichever direction makes the narrower picture is taken. */
export function drawGuide(guide: Guide, render: RenderSvg): Map<string, string> {
  const diagram = diagramOf(guide);
  const [narrow] = (['TB', 'LR'] as const)
    .map((direction) => ({ direction, svg: render(dotOf(diagram, direction), guide.title) }))
    .sort((a, b) => widthOf(a.svg) - widthOf(b.svg));
  return new Map([
    [`${guide.id}.mmd`, mermaidOf(diagram, narrow!.direction)],
    [`${guide.id}.svg`, narrow!.svg],
  ]);
}

function widthOf(svg: string): number {
  return Number(/width="(\d+)/.exec(svg)?.[1]);
}

/** The page that shows all drawings. */
export function drawingsPage(guides: readonly Guide[]): string {
  const sections = guides.map(
    ({ id, title }) =>
      `## ${title}\n\n[\`${id}.yaml\`](../${id}.yaml) · [Mermaid](${id}.mmd)\n\n[![${title}](${id}.svg)](${id}.svg)\n`,
  );
  return [
    '# The guides as drawings\n',
    'Written by `npm run -s guides -- draw`; do not change them here.\n',
    [
      '- Blue, round: a question. An arrow without words: every reply leads along it. A dashed arrow: “I don’t know”.',
      '- Yellow, six corners: a decision table. The first row that fits is taken.',
      '- Yellow, four corners: a check of typed values.',
      '- Green: an outcome. Violet, with a tab: another guide goes on.\n',
    ].join('\n'),
    ...sections,
  ].join('\n');
}

/** All files of the folder of drawings by name. */
export function allDrawings(guides: readonly Guide[], render: RenderSvg): Map<string, string> {
  const files = new Map(guides.flatMap((guide) => [...drawGuide(guide, render)]));
  return files.set(README, drawingsPage(guides));
}

/** Names of the files that are not as they should be, sorted; with `whole`, also of those that should not be there. */
export async function outdated(dir: string, files: ReadonlyMap<string, string>, whole: boolean): Promise<string[]> {
  const there: readonly string[] = await readdir(dir).catch(() => []);
  const changed: string[] = [];
  for (const [name, text] of files) {
    if (!there.includes(name) || (await readFile(path.join(dir, name), 'utf8')) !== text) changed.push(name);
  }
  const left = whole ? there.filter((name) => !files.has(name)) : [];
  return [...changed, ...left].sort();
}

/** Writes the files of that name, and removes those that there is no text for. */
export async function writeDrawings(
  dir: string,
  files: ReadonlyMap<string, string>,
  names: readonly string[],
): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const name of names) {
    const text = files.get(name);
    if (text === undefined) await rm(path.join(dir, name));
    else await writeFile(path.join(dir, name), text);
  }
}
