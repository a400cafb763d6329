import { decisionBranches, questionBranches, targetKey } from '../../../dialogs/draw/branches';
import { decidingGuide } from '../../support/deciding-guide';

const { questions, decisions } = decidingGuide();
const plain = (branches: ReturnType<typeof questionBranches>) =>
  branches.map(({ next, labels, kind }) => [targetKey(next), labels, kind]);

test('replies that lead to the same place are one branch, and "I don’t know" is another', () => {
  expect(plain(questionBranches(questions.get('place')!, 'label'))).toEqual([
    ['no-lock', ['In the cellar'], 'known'],
    ['needs', ['In the street', 'At the station'], 'known'],
    ['guide:which-bicycle', ['I have none'], 'known'],
    ['needs', ['I don’t know'], 'unknown'],
  ]);
});

test('choices are named by their ids where that is asked for', () => {
  expect(questionBranches(questions.get('place')!, 'id').map(({ labels }) => labels.join())).toEqual([
    'cellar',
    'street,station',
    'none',
    'unknown',
  ]);
});

test('where every reply leads to the same place there is one branch without words', () => {
  expect(plain(questionBranches(questions.get('needs')!, 'label'))).toEqual([['kind', [], 'known']]);
  expect(plain(questionBranches(questions.get('theirs')!, 'label'))).toEqual([['apart', [], 'known']]);
});

test('a typed value is called by what is asked for', () => {
  expect(plain(questionBranches(questions.get('ours')!, 'label'))).toEqual([
    ['theirs', ['range'], 'known'],
    ['chain', ['I don’t know'], 'unknown'],
  ]);
});

test('the rows of a table are numbered in their order', () => {
  expect(plain(decisionBranches(decisions.get('kind')!))).toEqual([
    ['folding', ['1. place: street and needs: light; none of cheap', 'otherwise'], 'known'],
    ['ours', ['2. needs: only nothing'], 'known'],
    ['chain', ['3. needs: unknown'], 'known'],
  ]);
});

test('the results of a check are branches', () => {
  expect(plain(decisionBranches(decisions.get('apart')!))).toEqual([
    ['chain', ['overlap'], 'known'],
    ['no-lock', ['apart'], 'known'],
    ['chain', ['unknown'], 'unknown'],
  ]);
});
