import { plainWords } from '../bot/foundation/normalise-text';
import type { DraftQuestion, GuideFault, Place } from './guide-draft';
import { UNKNOWN_SPELLINGS, YES_NO_SPELLINGS } from './synonyms';

const UNKNOWN_LABEL = 'I don’t know';

/** No reply may mean two choices of one question: not by a label or a synonym, not by the number of its place, not as a number. */
export function checkReplies(question: DraftQuestion): GuideFault[] {
  const { choices } = question;
  const faults: GuideFault[] = [];
  const owner = new Map<string, string>(
    [...UNKNOWN_SPELLINGS, plainWords(question.unknownLabel ?? UNKNOWN_LABEL)].map((key) => [key, 'unknown']),
  );
  const numeric = choices.some(({ numbers }) => numbers !== undefined);
  [...choices.map(({ id }) => id), 'unknown'].forEach((id, index) => {
    // Where choices stand for numbers, their places are letters.
    owner.set(numeric ? String.fromCharCode(97 + index) : String(index + 1), id);
  });
  for (const { id, at, label, synonyms } of choices) {
    if (id === 'unknown') {
      faults.push({ at, message: 'the "I don’t know" reply stands beside `choices`, under `unknown`' });
    }
    const spellings: { text: string; key: string; at: Place }[] = [
      ...(label === undefined ? [] : [{ text: label, key: plainWords(label), at: [...at, 'label'] }]),
      ...synonyms.map((text, index) => ({ text, key: plainWords(text), at: [...at, 'synonyms', index] })),
      ...(YES_NO_SPELLINGS[id] ?? []).map((key) => ({ text: key, key, at: [...at, 'label'] })),
    ];
    for (const { text, key, at: place } of spellings) {
      const other = owner.get(key);
      if (key === '') faults.push({ at: place, message: `"${text}" has no letters or digits` });
      else if (other !== undefined && other !== id) {
        faults.push({ at: place, message: `"${text}" means "${id}" and also "${other}" of the same question` });
      } else owner.set(key, id);
    }
  }
  return [...faults, ...checkNumbers(question)];
}

function checkNumbers({ choices }: DraftQuestion): GuideFault[] {
  const spans = choices.flatMap(({ id, at, numbers }) => (numbers === undefined ? [] : [{ id, at, ...numbers }]));
  const faults = spans
    .filter(({ from, to }) => from > to)
    .map(({ id, at }) => ({ at: [...at, 'numbers'], message: `the numbers of "${id}" end before they begin` }));
  const sorted = spans.filter(({ from, to }) => from <= to).sort((a, b) => a.from - b.from);
  sorted.slice(1).forEach((span, index) => {
    const before = sorted[index]!;
    if (span.from > before.to + 1) {
      const message = `no choice is for the numbers between ${before.to} and ${span.from}`;
      faults.push({ at: [...span.at, 'numbers'], message });
    }
    if (span.from > before.to) return;
    const message = `the number ${span.from} means "${before.id}" and also "${span.id}"`;
    faults.push({ at: [...span.at, 'numbers'], message });
  });
  return faults;
}
