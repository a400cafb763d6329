import { fillIn } from '../dialogs/placeholders';
import { type Position, positionOf } from '../dialogs/walk';
import { type Alternative, alternativeSaid, alternativesOf, askedWhatIf, endOf } from '../dialogs/what-if';
import { formatAction } from './action';
import type { Content } from './content';
import { type RunningGuide, resume } from './guide-turn';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { textReply } from './replies';
import type { Button } from './reply';
import type { Said } from './said';

/** "What if I had said …?" in a guide: what that answer would lead to, beside what the given ones do. `undefined` for other texts. */
export function sayWhatIf(running: RunningGuide, text: string, memory: Memory, content: Content): Said | undefined {
  const asked = askedWhatIf(text);
  if (asked === undefined) return undefined;
  const { guide, state } = running;
  if (asked.words === '') return listWhatIf(running, memory, content);
  const found = alternativeSaid(guide, state, asked.words, content.openGuide(guide, { message: asked.words }).answers);
  if (found === undefined) {
    if (!asked.explicit) return undefined;
    return { kind: 'guide', replies: [textReply(phrases.whatIfWhich), ...resume(memory, content)] };
  }
  const here = positionOf(guide, state);
  const said = compare(found, here, content);
  return {
    kind: 'guide',
    replies: [textReply(said, takeButtons(running, found)), ...resume(memory, content)],
  };
}

/** Every single other answer that would change the advice. */
export function listWhatIf({ guide, state }: RunningGuide, memory: Memory, content: Content): Said {
  if (positionOf(guide, state).kind !== 'outcome') {
    return { kind: 'command', replies: [textReply(phrases.whatIfWhich), ...resume(memory, content)] };
  }
  const lines = alternativesOf(guide, state).map(({ question, label, position }) =>
    phrases.whatIfLine(fillIn(question.text, position.values), label, endWords(position, content)),
  );
  const text = lines.length === 0 ? phrases.whatIfNothing : [phrases.whatIfList, lines.join('\n')].join('\n\n');
  return { kind: 'command', replies: [textReply(text)] };
}

function compare({ label, position }: Alternative, here: Position, content: Content): string {
  const now = verdictOf(here);
  switch (position.kind) {
    case 'question':
      return phrases.whatIfQuestion(label, fillIn(position.question.text, position.values));
    case 'handover':
      return phrases.whatIfGuide(label, content.guides.get(position.guide)?.title ?? position.guide);
    case 'outcome': {
      const verdict = verdictOf(position)!;
      if (now !== undefined && endOf(position) === endOf(here)) return `${phrases.whatIfSame(label)} ${verdict}`;
      return phrases.whatIfOther(label, verdict, now ?? phrases.whatIfOpen);
    }
  }
}

function endWords(position: Position, content: Content): string {
  if (position.kind === 'question') return fillIn(position.question.text, position.values);
  if (position.kind === 'handover') return content.guides.get(position.guide)?.title ?? position.guide;
  return verdictOf(position)!;
}

function verdictOf(position: Position): string | undefined {
  return position.kind === 'outcome' ? fillIn(position.outcome.verdict, position.values) : undefined;
}

function takeButtons({ guide }: RunningGuide, { question, answer, label }: Alternative): Button[] {
  if (typeof answer !== 'string' || !question.choices.some(({ id }) => id === answer)) return [];
  const action = formatAction({ kind: 'choice', guide: guide.id, question: question.id, choice: answer });
  return [{ label: phrases.takeThat(label), action }];
}
