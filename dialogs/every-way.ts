import { replyOf } from './answers';
import { nextsOf } from './build-guide';
import type { Decision, Guide, Question, SeveralQuestion, Target, ValueQuestion } from './guide';
import type { Answer, GuideState } from './guide-state';
import { beginGuide, type Position, positionOf } from './walk';

/** One way through a guide: all its answers, and the end they lead to. */
export interface WholeWay {
  readonly state: GuideState;
  readonly position: Exclude<Position, { kind: 'question' }>;
}

/** In questions with no more choices than these, "I don't know" left out, every pair is tried. */
const MOST_FOR_PAIRS = 4;

/**
 * Every way from the first question to an end, with the answers of {@link sampleAnswers}. Lazy: a guide may have thousands of ways,
 * and only the answers still to be tried on the present one are kept. With `distinct`, of ways that meet at a question with the
 * same answers to all that is still decided ahead, only the first is followed on: every reply is still given in every situation
 * in which it could matter.
 */
export function* everyWay(guide: Guide, { distinct = false } = {}): Generator<WholeWay, void, undefined> {
  const samples = buildSamples(guide);
  const keyOf = buildKeyOf(guide);
  const seen = new Set<string>();
  const open: GuideState[] = [beginGuide(guide)];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const position = positionOf(guide, state);
    if (position.kind !== 'question') {
      yield { state, position };
      continue;
    }
    const { id } = position.question;
    if (distinct) {
      const key = keyOf(id, state);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    for (const answer of samples(position.question).toReversed()) {
      open.push({ ...state, answers: { ...state.answers, [id]: answer } });
    }
  }
}

/** How many ways {@link everyWay} has, without walking each. */
export function countWays(guide: Guide): number {
  const samples = buildSamples(guide);
  const keyOf = buildKeyOf(guide);
  const counts = new Map<string, number>();
  const count = (state: GuideState): number => {
    const position = positionOf(guide, state);
    if (position.kind !== 'question') return 1;
    const { id } = position.question;
    const key = keyOf(id, state);
    const known = counts.get(key);
    if (known !== undefined) return known;
    const sum = samples(position.question).reduce(
      (total: number, answer) => total + count({ ...state, answers: { ...state.answers, [id]: answer } }),
      0,
    );
    counts.set(key, sum);
    return sum;
  };
  return count(beginGuide(guide));
}

function buildSamples(guide: Guide): (question: Question) => readonly Answer[] {
  const samples = new Map<string, readonly Answer[]>();
  return (question) => {
    const answers = samples.get(question.id) ?? sampleAnswers(guide, question);
    samples.set(question.id, answers);
    return answers;
  };
}

/** Tells places of a guide apart: a question, and the answers that a decision ahead of it looks at. */
function buildKeyOf(guide: Guide): (question: string, state: GuideState) => string {
  const ahead = new Map<string, ReadonlySet<string>>();
  const readAhead = (id: string): ReadonlySet<string> => {
    const known = ahead.get(id);
    if (known !== undefined) return known;
    const question = guide.questions.get(id);
    const decision = guide.decisions.get(id);
    const own = decision === undefined ? [] : readBy(decision);
    const nexts =
      question === undefined ? (decision === undefined ? [] : nextsOfDecision(decision)) : nextsOf(question);
    const all = new Set([...own, ...nexts.flatMap((next) => [...readAhead(next.id)])]);
    ahead.set(id, all);
    return all;
  };
  return (question, { answers }) => {
    const read = [...readAhead(question)].filter((id) => id in answers);
    return `${question} ${JSON.stringify(read.map((id) => [id, answers[id]]))}`;
  };
}

function readBy(decision: Decision): readonly string[] {
  return decision.kind === 'check'
    ? decision.of
    : decision.rows.flatMap(({ when }) => when.map(({ question }) => question));
}

function nextsOfDecision(decision: Decision): readonly Target[] {
  return (decision.kind === 'check' ? [...decision.results.values()] : decision.rows).map(({ next }) => next);
}

/**
 * Answers to a question that between them take every branch which depends on it: each choice; of several choices each alone, all
 * that may stand together, and every set that a table asks for; of few also each pair; typed values with which each check comes
 * out every way there is for such values; and always, last, "I don't know".
 */
export function sampleAnswers(guide: Guide, question: Question): readonly Answer[] {
  switch (question.kind) {
    case 'one':
      return question.choices.map(({ id }) => id);
    case 'several':
      return [...setsOf(guide, question), 'unknown'];
    case 'value':
      return [...valuesFor(guide, question), 'unknown'];
  }
}

function setsOf(guide: Guide, question: SeveralQuestion): readonly Answer[] {
  const choices = question.choices.filter(({ id }) => id !== 'unknown');
  const together = choices.filter(({ alone }) => !alone).map(({ id }) => id);
  const pairs =
    choices.length > MOST_FOR_PAIRS
      ? []
      : together.flatMap((one, at) => together.slice(at + 1).map((other) => [one, other]));
  const named = [...guide.decisions.values()].flatMap((decision) =>
    decision.kind === 'check'
      ? []
      : decision.rows.flatMap(({ when }) =>
          when.filter((condition) => condition.question === question.id).flatMap(({ all, only }) => [all, only]),
        ),
  );
  const sets = [...choices.map(({ id }) => [id]), ...pairs, ...named.flatMap((set) => (set ? [set] : [])), together];
  return takenBy(question, sets);
}

/** What is left of sample values, for a question that no check works on. */
const FALLBACK = {
  range: ['10.0.0.0/16'],
  ranges: ['10.0.0.0/16, 10.1.0.0/16'],
  address: ['10.0.0.4', '20.0.0.4', '169.254.1.4'],
  asn: ['65010'],
} as const;

function valuesFor(guide: Guide, question: ValueQuestion): readonly Answer[] {
  const values = [...guide.decisions.values()].flatMap((decision) =>
    decision.kind === 'check' && decision.of.includes(question.id) ? valuesForCheck(guide, decision, question) : [],
  );
  const taken = takenBy(question, values);
  return taken.length > 0 ? taken : takenBy(question, FALLBACK[question.asks]).slice(0, 1);
}

type CheckDecision = Extract<Decision, { kind: 'check' }>;

/** Values for one question of a check such that, with those for the others, it comes out every way. */
function valuesForCheck(guide: Guide, { check, of }: CheckDecision, { id, asks }: ValueQuestion): readonly string[] {
  const place = of.indexOf(id);
  const asked = of.flatMap((name) => guide.questions.get(name) ?? []);
  const isPublic = asked.some((other) => other.kind === 'value' && other.refuse.includes('private'));
  const [here, there] = isPublic ? ['20', '40.0'] : ['10', '192.168'];
  switch (check) {
    case 'subnet-size':
      return [`${here}.0.0.0/27`, `${here}.0.0.0/28`, `${here}.0.0.0/30`];
    case 'same':
      return asks === 'asn' ? ['65010', '65020'] : [`${here}.0.0.4`, `${here}.0.0.5`];
    case 'overlap':
      // A block of its own, and what lies in the block of the first.
      if (place === 0) return asks === 'address' ? [`${here}.0.0.4`] : [`${here}.0.0.0/16`];
      return asks === 'address'
        ? [`${here}.0.0.4`, `${here}.${place}.0.4`]
        : [`${here}.0.0.0/24`, `${here}.${place}.0.0/24`];
    case 'relation':
      if (place > 0) return asks === 'address' ? [`${here}.0.0.4`] : [`${here}.0.0.0/16`];
      return asks === 'address'
        ? [`${here}.0.0.4`, `${there}.0.4`]
        : [`${here}.0.0.0/16`, `${here}.0.0.0/8`, `${here}.0.0.0/24`, `${there}.0.0/24`];
  }
}

/** Those that the question takes, in their normal form, none twice. */
function takenBy(question: Question, answers: readonly Answer[]): readonly Answer[] {
  const taken = answers.map((answer) => replyOf(question, answer)?.answer).filter((answer) => answer !== undefined);
  return taken.filter((answer, at) => taken.findIndex((other) => `${other}` === `${answer}`) === at);
}
