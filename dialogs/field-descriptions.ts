import type * as v from 'valibot';
import type { GuideFile } from './guide-file';

type Guide = v.InferInput<typeof GuideFile>;
type Item<T> =
  NonNullable<T> extends readonly (infer One)[]
    ? One
    : NonNullable<T> extends Readonly<Record<string, infer One>>
      ? One
      : never;
type Question = Item<Guide['questions']>;
type Choice = Item<Question['choices']>;
type Decision = Item<Guide['decisions']>;
type Row = Item<Decision['rows']>;
type Fields<T> = Readonly<Record<keyof T, string>>;

const BECAUSE = 'Why this matters, a full sentence that stands among the reasons of the outcome.';
const RULES_OUT = 'What is ruled out by this, for the outcome.';
const NEXT =
  'What follows: the id of a question, a decision or an outcome of this guide, or `guide:` and the id of another guide.';
const AS_OF = 'The date the facts are valid as of, such as 2019-05-14.';

/** What each field of a guide’s file is for, as editors show it to the author. A new field does not compile until it has one. */
export const FIELD_DESCRIPTIONS = {
  guide: {
    title: 'The question the guide answers. Stands on buttons and above every question.',
    description: 'One or two sentences, said when the guide starts.',
    asOf: AS_OF,
    utterances: 'Messages that start the guide: at least 3, better 20 to 30. They ask for help with a decision.',
    start: 'The id of the first question.',
    questions: 'Every question under its id.',
    decisions: 'Branches that follow from answers given before, under their ids. Nobody is asked anything.',
    outcomes: 'Every outcome under its id.',
  },
  question: {
    text: 'The question, in one sentence.',
    why: 'What we need the answer for, in a line or two.',
    choices: 'The replies under their ids, in the order shown; 2 to 8. Left out where a value is typed (`asks`).',
    several: 'true: any of the choices may be picked together. `next` then stands at the question.',
    unit: 'What the numbers of the choices count. With `Mbit/s`, "1 Gbps" counts as 1000.',
    asks: 'A value is typed: `range` one CIDR, `ranges` one or more, `address` one IPv4 address, `asn` a 16-bit AS number.',
    refuse: 'Kinds of addresses that are refused with an explanation.',
    example: 'A value as it may be typed. Shown under the question.',
    fact: 'The shared fact (facts.yaml) that the number or the typed value is.',
    said: 'Phrases of an opening sentence that answer this, with `{value}` for the number or value: "{value} users".',
    because: BECAUSE,
    rulesOut: RULES_OUT,
    next: NEXT,
    unknown: 'The "I don’t know" reply. It is always shown last, and must lead somewhere useful.',
  },
  choice: {
    label: 'The reply in a few words, as on a button.',
    synonyms: 'Other words typed for it in reply to this question.',
    said: 'Phrases of an opening sentence that already give this reply. `{n}`: a number of 2 or more, `*`: up to two words.',
    facts: 'Shared facts (facts.yaml) that are known once this is chosen.',
    numbers: 'The numbers this choice stands for.',
    alone: 'true: excludes all other choices ("None of these"), in a question with several.',
    because: BECAUSE,
    rulesOut: RULES_OUT,
    tip: 'Said when this is chosen, before going on.',
    next: NEXT,
  },
  numbers: {
    from: 'The smallest number, included.',
    to: 'The largest number, included. Left out: no upper end.',
  },
  unknown: {
    label: 'Other words for "I don’t know".',
    because: BECAUSE,
    rulesOut: RULES_OUT,
    tip: 'How to find out, or which safe assumption is made.',
    next: NEXT,
  },
  ruledOut: {
    what: 'What is ruled out.',
    because: 'Why, in a full sentence.',
  },
  decision: {
    rows: 'A table: the first row whose conditions all hold is taken.',
    otherwise: 'What follows where no row holds. Needed unless the rows cover every combination of answers.',
    check: 'A computation on typed answers, instead of rows.',
    of: 'The ids of the questions whose answers are checked.',
    results: 'Where each result of the check leads. All of them must be listed.',
  },
  row: {
    when: 'Conditions by the id of a question: a list of choices, of which one is the answer; `known` or `unknown` for a typed value.',
    because: BECAUSE,
    rulesOut: RULES_OUT,
    next: NEXT,
  },
  condition: {
    any: 'At least one of these is picked.',
    all: 'All of these are picked.',
    only: 'Nothing else is picked.',
    none: 'None of these is picked. Also holds where the question was not asked.',
  },
  result: { because: BECAUSE, rulesOut: RULES_OUT, next: NEXT },
  outcome: {
    verdict: 'The advice in one sentence.',
    explanation: 'Why it is so, in a few sentences.',
    nextSteps: 'What to do now, step by step. May be left out where there is a checklist.',
    checklist: 'Things to tick off one after another, over days if need be, under their ids.',
    goOn: 'The ids of guides to offer next. They get what is known.',
    cites: 'The ids of the FAQ entries that the outcome rests on; every fact stands in one of them.',
    asOf: `${AS_OF} Left out: the date of the guide.`,
  },
} as const satisfies {
  readonly guide: Fields<Guide>;
  readonly question: Fields<Question>;
  readonly choice: Fields<Choice>;
  readonly numbers: Fields<NonNullable<Choice['numbers']>>;
  readonly unknown: Fields<Question['unknown']>;
  readonly ruledOut: Fields<Item<Choice['rulesOut']>>;
  readonly decision: Fields<Decision>;
  readonly row: Fields<Row>;
  readonly condition: Fields<Exclude<Item<Row['when']>, readonly string[]>>;
  readonly result: Fields<Exclude<Item<Decision['results']>, string>>;
  readonly outcome: Fields<Item<Guide['outcomes']>>;
};
