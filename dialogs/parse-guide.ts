import { createHash } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { plainWords } from '../bot/foundation/normalise-text';
import { readYaml, strictFields, type YamlSource } from '../bot/foundation/yaml-source';
import { longestWays } from './graph';
import type { Choice, Guide, Outcome, Question, Target } from './guide';
import { UNKNOWN_SYNONYMS, YES_NO_SYNONYMS } from './synonyms';

const Text = (what: string) => v.pipe(v.string(`${what} is needed`), v.trim(), v.nonEmpty(`${what} is empty`));
const OneLine = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'one line of text is needed'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('is empty'),
);
// Not a digit at the start: JavaScript would move such a choice before all others, whatever the order in the file.
const Id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*$/, 'an id starts with a letter and has lower case letters, digits and `-` only'),
);

const RuledOutShape = strictFields({ what: Text('what is ruled out'), because: Text('the reason') });
const ReplyShape = {
  because: Text('`because`: why this reply matters'),
  rulesOut: v.optional(v.array(RuledOutShape, 'a list is needed'), []),
  tip: v.optional(Text('the tip')),
  next: Text('the id of a question or an outcome'),
};
const ChoiceShape = strictFields({
  label: Text('the label'),
  synonyms: v.optional(v.array(OneLine, 'a list of synonyms is needed'), []),
  ...ReplyShape,
});
const QuestionShape = strictFields({
  text: Text('the question'),
  why: Text('`why`: why we ask'),
  choices: v.pipe(
    v.record(Id, ChoiceShape, 'choices are needed'),
    v.check((choices) => Object.keys(choices).length >= 1, 'at least one choice is needed'),
  ),
  unknown: strictFields({ label: v.optional(Text('the label'), 'I don’t know'), ...ReplyShape }),
});
const OutcomeShape = strictFields({
  verdict: Text('the verdict'),
  explanation: Text('the explanation'),
  nextSteps: v.pipe(
    v.array(Text('a step'), 'a list of steps is needed'),
    v.minLength(1, 'at least one next step is needed'),
  ),
  cites: v.pipe(
    v.array(Text('an entry id'), 'a list of FAQ entry ids is needed'),
    v.minLength(1, 'an outcome must cite at least one FAQ entry'),
  ),
});
const GuideFile = strictFields({
  title: Text('the title'),
  description: Text('the description'),
  asOf: v.pipe(
    v.string('a date is needed'),
    v.isoDate((issue) => `"${issue.input}" is not a date such as 2019-05-14`),
  ),
  utterances: v.pipe(
    v.array(OneLine, 'a list of utterances is needed'),
    v.minLength(3, 'at least 3 utterances are needed'),
  ),
  start: Text('the id of the first question'),
  questions: v.record(Id, QuestionShape, 'questions are needed'),
  outcomes: v.record(Id, OutcomeShape, 'outcomes are needed'),
});
type GuideText = v.InferOutput<typeof GuideFile>;

export type GuideResult =
  | { readonly ok: true; readonly guide: Guide }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

/**
 * Reads one guide and checks its whole graph: every target exists, every node is reached, there is no cycle, and no reply can
 * mean two choices. All faults come back at once, each with its line. The guide's id is the file's name. Never throws.
 */
export function parseGuide(text: string, file: string): GuideResult {
  const result = readYaml(text, file, GuideFile);
  if (!result.ok) return result;
  const { value } = result.source;
  const faults = [...checkTargets(result.source, file), ...checkReplies(result.source, file)];
  if (faults.length > 0) return { ok: false, faults };

  const target = (id: string): Target => ({ kind: Object.hasOwn(value.questions, id) ? 'question' : 'outcome', id });
  const questions = new Map(
    Object.entries(value.questions).map(([id, question]): [string, Question] => {
      const choices = Object.entries(question.choices).map(
        ([choiceId, choice]): Choice => ({
          ...choice,
          id: choiceId,
          tip: choice.tip ?? '',
          ...repliesOf(choice.label, [...choice.synonyms, ...(YES_NO_SYNONYMS[choiceId] ?? [])]),
          next: target(choice.next),
        }),
      );
      const unknown: Choice = {
        ...question.unknown,
        id: 'unknown',
        tip: question.unknown.tip ?? '',
        ...repliesOf(question.unknown.label, UNKNOWN_SYNONYMS),
        next: target(question.unknown.next),
      };
      return [id, { id, text: question.text, why: question.why, choices: [...choices, unknown] }];
    }),
  );
  const guide: Guide = {
    id: path.basename(file, path.extname(file)),
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
    title: value.title,
    description: value.description,
    asOf: value.asOf,
    utterances: value.utterances,
    start: value.start,
    questions,
    outcomes: new Map(
      Object.entries(value.outcomes).map(([id, outcome]): [string, Outcome] => [id, { id, ...outcome }]),
    ),
    file,
  };
  const graphFaults = checkGraph(guide, result.source);
  return graphFaults.length > 0 ? { ok: false, faults: graphFaults } : { ok: true, guide };
}

function repliesOf(label: string, synonyms: readonly string[]): Pick<Choice, 'synonyms' | 'spellings'> {
  return { synonyms, spellings: [label, ...synonyms].map(plainWords) };
}

function checkTargets({ value, lineOf }: YamlSource<GuideText>, file: string): ContentFault[] {
  const faults: ContentFault[] = [];
  const known = [...Object.keys(value.questions), ...Object.keys(value.outcomes)];
  const check = (target: string, where: string, at: (string | number)[]): void => {
    if (known.includes(target)) return;
    faults.push({
      file,
      line: lineOf(at),
      message: `${where} leads to "${target}", which is neither a question nor an outcome`,
    });
  };
  if (!Object.hasOwn(value.questions, value.start)) {
    faults.push({ file, line: lineOf(['start']), message: `\`start\`: "${value.start}" is not a question` });
  }
  for (const id of Object.keys(value.questions).filter((name) => Object.hasOwn(value.outcomes, name))) {
    faults.push({
      file,
      line: lineOf(['outcomes', id]),
      message: `"${id}" is both a question and an outcome; rename one`,
    });
  }
  for (const [id, question] of Object.entries(value.questions)) {
    for (const [choiceId, choice] of Object.entries(question.choices)) {
      if (choiceId === 'unknown') {
        faults.push({
          file,
          line: lineOf(['questions', id, 'choices', choiceId]),
          message: 'the "I don’t know" reply stands beside `choices`, under `unknown`',
        });
      }
      check(choice.next, `the choice "${choiceId}"`, ['questions', id, 'choices', choiceId, 'next']);
    }
    check(question.unknown.next, 'the "I don’t know" reply', ['questions', id, 'unknown', 'next']);
  }
  return faults;
}

/** No reply may mean two choices of one question: not by a label or a synonym, and not by the number of its place. */
function checkReplies({ value, lineOf }: YamlSource<GuideText>, file: string): ContentFault[] {
  const faults: ContentFault[] = [];
  for (const [id, question] of Object.entries(value.questions)) {
    const owner = new Map<string, string>(
      [...UNKNOWN_SYNONYMS, question.unknown.label].map((spelling) => [plainWords(spelling), 'unknown']),
    );
    [...Object.keys(question.choices), 'unknown'].forEach((choiceId, index) => {
      owner.set(String(index + 1), choiceId);
    });
    for (const [choiceId, choice] of Object.entries(question.choices)) {
      const spellings = [
        { text: choice.label, at: ['label'] as (string | number)[] },
        ...choice.synonyms.map((text, index) => ({ text, at: ['synonyms', index] as (string | number)[] })),
        ...(YES_NO_SYNONYMS[choiceId] ?? []).map((text) => ({ text, at: ['label'] as (string | number)[] })),
      ];
      for (const { text, at } of spellings) {
        const key = plainWords(text);
        const other = owner.get(key);
        const fault = (message: string): ContentFault => ({
          file,
          line: lineOf(['questions', id, 'choices', choiceId, ...at]),
          message,
        });
        if (key === '') faults.push(fault(`"${text}" has no letters or digits`));
        else if (other !== undefined && other !== choiceId) {
          faults.push(fault(`"${text}" means "${choiceId}" and also "${other}" of the same question`));
        } else owner.set(key, choiceId);
      }
    }
  }
  return faults;
}

function checkGraph(guide: Guide, { lineOf }: YamlSource<GuideText>): ContentFault[] {
  const ways = longestWays(guide);
  const faults: ContentFault[] = [];
  if (ways.cycle !== undefined) {
    faults.push({
      file: guide.file,
      line: lineOf(['questions', ways.cycle[0]!]),
      message: `these questions lead back to the first of them: ${ways.cycle.join(' → ')}`,
    });
  }
  const nodes = [
    ...[...guide.questions.keys()].map((id) => ({ kind: 'question', place: 'questions', id })),
    ...[...guide.outcomes.keys()].map((id) => ({ kind: 'outcome', place: 'outcomes', id })),
  ];
  for (const { kind, place, id } of nodes.filter((node) => !ways.reached.has(node.id))) {
    faults.push({ file: guide.file, line: lineOf([place, id]), message: `no reply leads to the ${kind} "${id}"` });
  }
  return faults;
}
