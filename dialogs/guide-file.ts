import * as v from 'valibot';
import { strictFields } from '../bot/foundation/yaml-source';

const CHECK_NAMES = ['overlap', 'relation', 'subnet-size', 'same'] as const;
const VALUE_TYPES = ['range', 'ranges', 'address', 'asn'] as const;
const ADDRESS_KINDS = ['apipa', 'private', 'public'] as const;

const text = (what: string) => v.pipe(v.string(`${what} is needed`), v.trim(), v.nonEmpty(`${what} is empty`));
const oneLine = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'one line of text is needed'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('is empty'),
);
const isoDate = v.pipe(
  v.string('a date is needed'),
  v.isoDate((issue) => `"${issue.input}" is not a date such as 2019-05-14`),
);
// Not a digit at the start: JavaScript would move such a choice before all others, whatever the order in the file.
const id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*$/, 'an id starts with a letter and has lower case letters, digits and `-` only'),
);
const target = text('the id of a question, a decision or an outcome, or `guide:` and the id of a guide,');
const ids = v.array(text('an id'), 'a list of ids is needed');
const lines = (what: string) => v.array(oneLine, `a list of ${what} is needed`);

const consequence = {
  because: v.optional(text('the reason')),
  rulesOut: v.optional(
    v.array(strictFields({ what: text('what is ruled out'), because: text('the reason') }), 'a list is needed'),
    [],
  ),
};
const reply = {
  ...consequence,
  because: text('`because`: why this reply matters'),
  tip: v.optional(text('the tip')),
};
const choice = strictFields({
  label: text('the label'),
  synonyms: v.optional(lines('synonyms'), []),
  said: v.optional(lines('phrases'), []),
  facts: v.optional(v.record(v.string(), oneLine, 'fields such as `gateway: route-based` are needed'), {}),
  numbers: v.optional(
    strictFields({ from: v.number('a number is needed'), to: v.optional(v.number('a number is needed')) }),
  ),
  alone: v.optional(v.boolean('true or false is needed'), false),
  ...reply,
  next: v.optional(target),
});
const question = strictFields({
  text: text('the question'),
  why: text('`why`: why we ask'),
  choices: v.optional(v.record(id, choice, 'choices are needed')),
  several: v.optional(v.boolean('true or false is needed'), false),
  unit: v.optional(text('the unit')),
  asks: v.optional(v.picklist(VALUE_TYPES, `is none of ${VALUE_TYPES.join(', ')}`)),
  refuse: v.optional(
    v.array(v.picklist(ADDRESS_KINDS, `is none of ${ADDRESS_KINDS.join(', ')}`), 'a list is needed'),
    [],
  ),
  example: v.optional(oneLine),
  fact: v.optional(text('the name of the fact')),
  said: v.optional(lines('phrases'), []),
  ...consequence,
  next: v.optional(target),
  unknown: strictFields({ label: v.optional(text('the label'), 'I don’t know'), ...reply, next: v.optional(target) }),
});
const condition = v.union(
  [
    ids,
    strictFields({
      any: v.optional(ids),
      all: v.optional(ids),
      only: v.optional(ids),
      none: v.optional(ids),
    }),
  ],
  'a list of choices is needed, or `any`, `all`, `only` or `none` with such a list',
);
const decision = strictFields({
  rows: v.optional(
    v.array(
      strictFields({
        when: v.record(v.string(), condition, 'conditions such as `gateway: [policy-based]` are needed'),
        ...consequence,
        next: target,
      }),
      'a list of rows is needed',
    ),
  ),
  otherwise: v.optional(target),
  check: v.optional(v.picklist(CHECK_NAMES, `is none of ${CHECK_NAMES.join(', ')}`)),
  of: v.optional(ids),
  results: v.optional(
    v.record(
      v.string(),
      v.union([target, strictFields({ ...consequence, next: target })], 'a target is needed'),
      'results are needed',
    ),
  ),
});
const outcome = strictFields({
  verdict: text('the verdict'),
  explanation: text('the explanation'),
  nextSteps: v.optional(v.array(text('a step'), 'a list of steps is needed'), []),
  checklist: v.optional(v.record(id, text('the thing to do'), 'things to do under their ids are needed'), {}),
  goOn: v.optional(ids, []),
  cites: v.pipe(
    v.array(text('an entry id'), 'a list of FAQ entry ids is needed'),
    v.minLength(1, 'an outcome must cite at least one FAQ entry'),
  ),
  asOf: v.optional(isoDate),
});

/** A guide as it stands in its file: every field has its type; whether the graph makes sense is told by lint-guide.ts. */
export const GuideFile = strictFields({
  title: text('the title'),
  description: text('the description'),
  asOf: isoDate,
  utterances: v.pipe(lines('utterances'), v.minLength(3, 'at least 3 utterances are needed')),
  start: text('the id of the first question'),
  questions: v.record(id, question, 'questions are needed'),
  decisions: v.optional(v.record(id, decision, 'decisions are needed'), {}),
  outcomes: v.record(id, outcome, 'outcomes are needed'),
});

export type GuideText = v.InferOutput<typeof GuideFile>;
export type QuestionText = GuideText['questions'][string];
