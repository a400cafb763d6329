import { targetKey } from '../../../dialogs/draw/branches';
import { waysThrough } from '../../../dialogs/draw/ways';
import { decidingGuide } from '../../support/deciding-guide';
import { tinyGuide } from '../../support/tiny-guide';

const lines = (ways: ReturnType<typeof waysThrough>) =>
  ways.map(({ from, steps, end }) => `${from} | ${steps.join(' → ')} | ${targetKey(end)}`);

test('a guide without decisions is listed way by way, choices with the same end together', () => {
  expect(lines(waysThrough(tinyGuide()))).toEqual([
    'start | ground: road / unknown → distance: yes / unknown → motor: yes | electric-bike',
    'start | ground: road / unknown → distance: yes / unknown → motor: no / unknown | touring-bike',
    'start | ground: road / unknown → distance: no | city-bike',
    'start | ground: trail → jumps: yes / unknown | mountain-bike',
    'start | ground: trail → jumps: no → motor: yes | electric-bike',
    'start | ground: trail → jumps: no → motor: no / unknown | touring-bike',
    'start | ground: both | gravel-bike',
  ]);
});

test('a decision ends the ways to it, and its rows and results begin others', () => {
  expect(lines(waysThrough(decidingGuide()))).toEqual([
    'start | place: cellar | no-lock',
    'start | place: street / station / unknown → needs: any | kind',
    'start | place: none | guide:which-bicycle',
    'kind | 1. place: street and needs: light; none of cheap | folding',
    'kind | 2. needs: only nothing | ours',
    'kind | 3. needs: unknown | chain',
    'kind | otherwise | folding',
    'ours | ours: range → theirs: any | apart',
    'ours | ours: unknown | chain',
    'apart | overlap: overlap / unknown | chain',
    'apart | overlap: apart | no-lock',
  ]);
});
