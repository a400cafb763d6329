import { confusionsOf } from '../../../../bot/terminal/evaluate/confusions';
import { judged, labelled, result } from '../../../support/judged-question';

test('entries that fight each other are paired both ways, most questions first', () => {
  const asked = (id: string, expected: string, found: readonly string[]) =>
    judged(labelled('answerable', [expected, 'also'], { id }), result('clarify', found));
  const all = [
    asked('1', 'c', ['d']),
    asked('2', 'b', ['a', 'b']),
    asked('3', 'a', ['b']),
    asked('4', 'a', ['b']),
    asked('5', 'a', ['a', 'b']),
    asked('6', 'a', ['also']),
    asked('7', 'a', []),
    judged(labelled('off-topic', [], { id: '8' }), result('answer', ['a'])),
    asked('9', 'b', ['c']),
  ];
  expect(confusionsOf(all)).toEqual([
    { entries: ['a', 'b'], firstTakenForSecond: ['3', '4'], secondTakenForFirst: ['2'] },
    { entries: ['b', 'c'], firstTakenForSecond: ['9'], secondTakenForFirst: [] },
    { entries: ['c', 'd'], firstTakenForSecond: ['1'], secondTakenForFirst: [] },
  ]);
});
