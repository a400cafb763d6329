import { plainWords } from '../bot/foundation/normalise-text';
import { longestWays } from './graph';
import type {
  Choice,
  Condition,
  Consequence,
  Decision,
  Guide,
  Outcome,
  Question,
  RuledOut,
  TableRow,
  Target,
} from './guide';
import type { GuideText, QuestionText } from './guide-file';
import { UNKNOWN_SPELLINGS, UNKNOWN_SYNONYMS, YES_NO_SPELLINGS, YES_NO_SYNONYMS } from './synonyms';

/** Builds a guide of a text without faults (see lint-guide.ts). `hash` is that of the file. */
export function buildGuide(written: GuideText, { id, hash, file }: Pick<Guide, 'id' | 'hash' | 'file'>): Guide {
  const target = (to: string): Target => targetOf(written, to);
  const questions = mapOf(written.questions, (questionId, question) => questionOf(questionId, question, target));
  const decisions = mapOf(written.decisions, (decisionId, decision) => decisionOf(decisionId, decision, target));
  const start = target(written.start);
  const graph = new Map<string, string[]>(
    [...questions].map(([name, question]) => [name, nextsOf(question).map((next) => next.id)]),
  );
  for (const [name, decision] of decisions) {
    const nexts = decision.kind === 'table' ? decision.rows : [...decision.results.values()];
    graph.set(
      name,
      nexts.map(({ next }) => next.id),
    );
  }
  return {
    id,
    hash,
    title: written.title,
    description: written.description,
    utterances: written.utterances,
    start,
    questions,
    decisions,
    outcomes: mapOf(written.outcomes, (outcomeId, outcome) => outcomeOf(outcomeId, outcome, written.asOf)),
    longest: longestWays(graph, start.id, (name) => questions.has(name)),
    file,
    written,
  };
}

/** Where the words after `next` point. Anything that is not in the file counts as an outcome: a checked text has none. */
function targetOf({ questions, decisions }: GuideText, to: string): Target {
  if (to.startsWith('guide:')) return { kind: 'guide', id: to.slice('guide:'.length) };
  if (Object.hasOwn(questions, to)) return { kind: 'question', id: to };
  return { kind: Object.hasOwn(decisions, to) ? 'decision' : 'outcome', id: to };
}

/** Everything a question leads to. */
export function nextsOf(question: Question): Target[] {
  const nexts = question.choices.map(({ next }) => next);
  return question.kind === 'value' ? [question.next, ...nexts] : nexts;
}

function questionOf(id: string, written: QuestionText, target: (to: string) => Target): Question {
  const to = (next: string | undefined): Target => target(next ?? written.next ?? '');
  const choices = Object.entries(written.choices ?? {}).map(
    ([choiceId, choice]): Choice => ({
      id: choiceId,
      label: choice.label,
      synonyms: [...choice.synonyms, ...(YES_NO_SYNONYMS[choiceId] ?? [])],
      spellings: [...[choice.label, ...choice.synonyms].map(plainWords), ...(YES_NO_SPELLINGS[choiceId] ?? [])],
      said: choice.said,
      facts: choice.facts,
      numbers: choice.numbers && { from: choice.numbers.from, to: choice.numbers.to ?? Number.POSITIVE_INFINITY },
      alone: choice.alone,
      ...consequenceOf(choice),
      tip: choice.tip ?? '',
      next: to(choice.next),
    }),
  );
  const unknown: Choice = {
    id: 'unknown',
    label: written.unknown.label,
    synonyms: UNKNOWN_SYNONYMS,
    spellings: [plainWords(written.unknown.label), ...UNKNOWN_SPELLINGS],
    said: [],
    facts: {},
    numbers: undefined,
    alone: true,
    ...consequenceOf(written.unknown),
    tip: written.unknown.tip ?? '',
    next: to(written.unknown.next),
  };
  const base = {
    id,
    text: written.text,
    why: written.why,
    choices: [...choices, unknown],
    fact: written.fact,
    said: written.said,
  };
  if (written.asks !== undefined) {
    const { because, rulesOut } = consequenceOf(written);
    return {
      ...base,
      kind: 'value',
      asks: written.asks,
      refuse: written.refuse,
      example: written.example ?? '',
      because: because.replaceAll('{value}', `{${id}}`),
      rulesOut,
      next: to(undefined),
    };
  }
  if (written.several) return { ...base, kind: 'several' };
  return { ...base, kind: 'one', numeric: choices.some(({ numbers }) => numbers !== undefined), unit: written.unit };
}

function decisionOf(id: string, written: GuideText['decisions'][string], target: (to: string) => Target): Decision {
  if (written.check !== undefined) {
    const results = mapOf(written.results ?? {}, (_, result) =>
      typeof result === 'string'
        ? { because: '', rulesOut: [], next: target(result) }
        : { ...consequenceOf(result), next: target(result.next) },
    );
    return { kind: 'check', id, check: written.check, of: written.of ?? [], results };
  }
  const rows = (written.rows ?? []).map(
    (row): TableRow => ({
      when: Object.entries(row.when).map(([question, condition]) => conditionOf(question, condition)),
      ...consequenceOf(row),
      next: target(row.next),
    }),
  );
  const otherwise: TableRow[] =
    written.otherwise === undefined ? [] : [{ when: [], because: '', rulesOut: [], next: target(written.otherwise) }];
  return { kind: 'table', id, rows: [...rows, ...otherwise] };
}

type ConditionText = NonNullable<GuideText['decisions'][string]['rows']>[number]['when'][string];

/** A condition as it is written, with its parts named. */
export function conditionOf(question: string, written: ConditionText): Condition {
  const parts = Array.isArray(written) ? { any: written } : written;
  return { question, any: parts.any, all: parts.all, only: parts.only, none: parts.none };
}

function outcomeOf(id: string, written: GuideText['outcomes'][string], asOf: string): Outcome {
  return {
    id,
    verdict: written.verdict,
    explanation: written.explanation,
    nextSteps: written.nextSteps,
    checklist: Object.entries(written.checklist).map(([item, text]) => ({ id: item, text })),
    goOn: written.goOn,
    cites: written.cites,
    asOf: written.asOf ?? asOf,
  };
}

function consequenceOf(written: {
  readonly because?: string | undefined;
  readonly rulesOut: readonly RuledOut[];
}): Consequence {
  return { because: written.because ?? '', rulesOut: written.rulesOut };
}

function mapOf<From, To>(record: Readonly<Record<string, From>>, of: (id: string, from: From) => To): Map<string, To> {
  return new Map(Object.entries(record).map(([id, from]) => [id, of(id, from)]));
}
