import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { allDrawings, drawGuide, outdated, writeDrawings } from '../../../../bot/terminal/guides/drawings';
import { loadRenderer, type RenderSvg } from '../../../../bot/terminal/guides/render-svg';
import { decidingGuide } from '../../../support/deciding-guide';
import { tinyGuide } from '../../../support/tiny-guide';

let render: RenderSvg;
let dir: string;

beforeAll(async () => {
  render = await loadRenderer();
  dir = path.join(mkdtempSync(path.join(os.tmpdir(), 'drawings-')), 'diagrams');
});

afterAll(() => rmSync(path.dirname(dir), { recursive: true, force: true }));

test('a guide is drawn in both languages in the direction of the narrower picture', () => {
  const bySides: RenderSvg = (dot) => `<svg width="${dot.includes('rankdir=LR') ? 200 : 300}pt"/>`;
  const files = drawGuide(tinyGuide(), bySides);
  expect([...files.keys()]).toEqual(['which-bicycle.mmd', 'which-bicycle.svg']);
  expect(files.get('which-bicycle.mmd')).toMatch(/^flowchart LR\n/);
  expect(files.get('which-bicycle.svg')).toContain('200pt');
});

test('a picture has a name, says what each arrow joins, and loads nothing from elsewhere', () => {
  const svg = drawGuide(decidingGuide(), render).get('which-lock.svg')!;
  expect(svg).toMatch(
    /^<svg role="img" aria-labelledby="title" [^>]*>\n<title id="title">Which "lock" &amp; chain\?<\/title>\n/,
  );
  expect(svg).toContain('<title>place → guide:which&#45;bicycle</title>');
  expect(svg).toContain('xlink:href="which-bicycle.svg"');
  expect(svg).not.toMatch(/<!--|<script|@import|Generated/);
  expect(svg).toMatch(/<\/svg>\n$/);
});

test('the page shows every guide and links to its file', () => {
  const page = allDrawings([decidingGuide(), tinyGuide()], render).get('README.md')!;
  expect(page).toContain(
    '## Which "lock" & chain?\n\n[`which-lock.yaml`](../which-lock.yaml) · [Mermaid](which-lock.mmd)\n',
  );
  expect(page).toContain('[![Which bicycle fits me?](which-bicycle.svg)](which-bicycle.svg)\n');
});

test('what is missing, changed or left over is out of date, until it is written', async () => {
  const files = allDrawings([tinyGuide()], render);
  expect(await outdated(dir, files, true)).toEqual(['README.md', 'which-bicycle.mmd', 'which-bicycle.svg']);
  await writeDrawings(dir, files, [...files.keys()]);
  expect(await outdated(dir, files, true)).toEqual([]);
  writeFileSync(path.join(dir, 'which-bicycle.svg'), 'old');
  writeFileSync(path.join(dir, 'gone.svg'), 'old');
  expect(await outdated(dir, files, false)).toEqual(['which-bicycle.svg']);
  const all = await outdated(dir, files, true);
  expect(all).toEqual(['gone.svg', 'which-bicycle.svg']);
  await writeDrawings(dir, files, all);
  expect(readdirSync(dir).sort()).toEqual(['README.md', 'which-bicycle.mmd', 'which-bicycle.svg']);
});
