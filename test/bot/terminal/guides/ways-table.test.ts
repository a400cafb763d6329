import { waysTable } from '../../../../bot/terminal/guides/ways-table';
import { decidingGuide } from '../../../support/deciding-guide';

const guide = decidingGuide();

test('is a Markdown table of the ways, in which a bar is no border', () => {
  const lines = [...waysTable(guide, 'markdown', false)];
  expect(lines.slice(0, 5)).toEqual([
    '| from | answers | leads to | verdict |\n',
    '| --- | --- | --- | --- |\n',
    '| start | place: cellar | no-lock | You need no lock. |\n',
    '| start | place: street / station / unknown → needs: any | kind | (goes on below) |\n',
    '| start | place: none | guide:which-bicycle | (another guide goes on) |\n',
  ]);
  expect(lines).toContain('| kind | 3. needs: unknown | chain | Take a chain \\| two chains. |\n');
});

test('is a table with tabs for a spreadsheet', () => {
  const lines = [...waysTable(guide, 'tsv', true)];
  expect(lines.slice(0, 2)).toEqual(['answers\tleads to\tverdict\n', 'place: cellar\tno-lock\tYou need no lock.\n']);
  expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([3]));
});
