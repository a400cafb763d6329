import type { AskResult } from '../../bot/terminal/ask';
import type { LabelledQuestion } from '../../bot/terminal/evaluate/labelled-questions';
import type { JudgedQuestion } from '../../bot/terminal/evaluate/metrics';
import { judge } from '../../bot/terminal/evaluate/verdict';

/** A question of some kind with what is expected, and changes. */
export function labelled(
  kind: LabelledQuestion['kind'],
  expected: readonly string[] = [],
  changes: Partial<LabelledQuestion> = {},
): LabelledQuestion {
  const { id = 'q', question = 'x' } = changes;
  return {
    id,
    question,
    kind,
    origin: '-',
    expected,
    guide: undefined,
    intent: undefined,
    answers: undefined,
    file: 'q.jsonl',
    line: 1,
    ...changes,
  };
}

/** A result with some answers, all with a confidence of 0.5, and changes. */
export function result(
  kind: string,
  answers: readonly string[] = [],
  changes: Partial<AskResult> & { readonly confidence?: number } = {},
): AskResult {
  const { confidence = 0.5, ...rest } = changes;
  const found = answers.map((id) => ({ id, confidence }));
  return { id: 'q', kind, answers: found, guide: null, guides: [], elapsedMs: 1, ...rest };
}

/** A question with its result, judged. */
export function judged(question: LabelledQuestion, got: AskResult): JudgedQuestion {
  return { question, result: got, verdict: judge(question, got) };
}

/** Any verdict on an answerable question with its confidence: the right entry, `a`, stands at `rank` (beyond 5: nowhere). */
export function answerableAt(rank: number, confidence = 0.5, id = `q${rank}`): JudgedQuestion {
  const answers = ['v', 'w', 'x', 'y', 'z'].map((other, index) => (index === rank - 1 ? 'a' : other));
  return judged(labelled('answerable', ['a'], { id }), result('answer', answers, { confidence }));
}
