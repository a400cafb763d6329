/** A path into a guide's file. */
export type Place = readonly (string | number)[];

/** A fault of a guide, at its place in the file. */
export interface GuideFault {
  readonly at: Place;
  readonly message: string;
}

/** An arrow of the graph as it is written. */
export interface DraftLink {
  readonly to: string;
  /** What leads there, for messages: `the choice "yes"`. */
  readonly from: string;
  readonly at: Place;
  /** False on the ways on which what is asked or checked here stays unknown. */
  readonly knows: boolean;
}

export interface DraftChoice {
  readonly id: string;
  readonly at: Place;
  readonly label: string | undefined;
  readonly synonyms: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly numbers: { readonly from: number; readonly to: number } | undefined;
  readonly alone: boolean;
}

/** A text in which placeholders may stand. */
export interface DraftText {
  readonly text: string;
  readonly at: Place;
}

interface DraftNode {
  readonly id: string;
  readonly at: Place;
  readonly links: readonly DraftLink[];
  readonly texts: readonly DraftText[];
}

export interface DraftQuestion extends DraftNode {
  readonly kind: 'question';
  readonly asks: string | undefined;
  readonly several: boolean;
  readonly fact: string | undefined;
  readonly choices: readonly DraftChoice[];
  /** The fields of the question that say something. */
  readonly fields: readonly string[];
  /** The texts that a reply brings with it. They may name the answer to this very question. */
  readonly replyTexts: readonly DraftText[];
  /** Phrases of opening sentences, with what `{value}` may stand for in them. */
  readonly said: readonly (DraftText & { readonly value: 'number' | 'value' | 'none' })[];
  readonly unknownLabel: string | undefined;
  readonly rulesOutSomething: boolean;
}

export interface DraftCondition {
  readonly question: string;
  readonly choices: readonly string[];
  readonly at: Place;
}

export interface DraftDecision extends DraftNode {
  readonly kind: 'decision';
  readonly check: string | undefined;
  readonly of: readonly string[];
  readonly results: readonly string[];
  readonly rows:
    | readonly { readonly when: unknown; readonly conditions: readonly DraftCondition[]; readonly at: Place }[]
    | undefined;
  readonly otherwise: boolean;
}

export interface DraftOutcome extends DraftNode {
  readonly kind: 'outcome';
  readonly ways: number;
  readonly goOn: readonly string[];
}

/** A guide's file as far as it can be read: what has the wrong type is left out, so that the rest can be checked all the same. */
export interface GuideDraft {
  readonly start: string | undefined;
  readonly questions: readonly DraftQuestion[];
  readonly decisions: readonly DraftDecision[];
  readonly outcomes: readonly DraftOutcome[];
}

/** Reads whatever was parsed; never throws. */
export function draftOf(file: unknown): GuideDraft {
  const { start, questions, decisions, outcomes } = fieldsOf(file);
  return {
    start: textOf(start),
    questions: Object.entries(fieldsOf(questions)).map(([id, value]) => questionOf(id, fieldsOf(value))),
    decisions: Object.entries(fieldsOf(decisions)).map(([id, value]) => decisionOf(id, fieldsOf(value))),
    outcomes: Object.entries(fieldsOf(outcomes)).map(([id, value]) => outcomeOf(id, fieldsOf(value))),
  };
}

function questionOf(id: string, question: Fields): DraftQuestion {
  const at: Place = ['questions', id];
  const asks = textOf(question.asks);
  const choices = Object.entries(fieldsOf(question.choices)).map(
    ([choiceId, value]): DraftChoice & { fields: Fields } => {
      const fields = fieldsOf(value);
      const { from, to } = fieldsOf(fields.numbers);
      return {
        id: choiceId,
        at: [...at, 'choices', choiceId],
        label: textOf(fields.label),
        synonyms: listOf(fields.synonyms).map(String),
        facts: fieldsOf(fields.facts),
        numbers:
          typeof from === 'number' ? { from, to: typeof to === 'number' ? to : Number.POSITIVE_INFINITY } : undefined,
        alone: fields.alone === true,
        fields,
      };
    },
  );
  const unknown = fieldsOf(question.unknown);
  const [shared, sharedAt] = [textOf(question.next), [...at, 'next']];
  const links: DraftLink[] =
    asks !== undefined && shared !== undefined ? [{ to: shared, from: 'the value', at: sharedAt, knows: true }] : [];
  for (const choice of choices) {
    const own = textOf(choice.fields.next);
    const to = own ?? shared;
    if (to !== undefined)
      links.push({
        to,
        from: `the choice "${choice.id}"`,
        at: own === undefined ? sharedAt : [...choice.at, 'next'],
        knows: true,
      });
  }
  const unknownNext = textOf(unknown.next);
  const to = unknownNext ?? shared;
  if (to !== undefined) {
    const place = unknownNext === undefined ? sharedAt : [...at, 'unknown', 'next'];
    links.push({ to, from: 'the "I don’t know" reply', at: place, knows: false });
  }
  const replies = [
    { at, fields: { because: question.because, rulesOut: question.rulesOut } },
    ...choices,
    { at: [...at, 'unknown'], fields: unknown },
  ];
  return {
    kind: 'question',
    id,
    at,
    links,
    texts: textsAt(at, question, ['text', 'why']),
    replyTexts: replies.flatMap((reply) => [
      ...textsAt(reply.at, reply.fields, ['because', 'tip']),
      ...rulesOutTexts(reply.at, reply.fields),
    ]),
    asks,
    several: question.several === true,
    fact: textOf(question.fact),
    choices,
    fields: Object.keys(question).filter((name) => saysSomething(question[name])),
    said: [
      ...saidAt(at, question, asks === undefined ? 'number' : 'value'),
      ...choices.flatMap((choice) => saidAt(choice.at, choice.fields, 'none')),
    ],
    unknownLabel: textOf(unknown.label),
    rulesOutSomething: replies.some(({ fields }) => listOf(fields.rulesOut).length > 0),
  };
}

function decisionOf(id: string, decision: Fields): DraftDecision {
  const at: Place = ['decisions', id];
  const rows = Array.isArray(decision.rows)
    ? decision.rows.map((row, index) => ({ fields: fieldsOf(row), at: [...at, 'rows', index] as Place }))
    : undefined;
  const results = Object.entries(fieldsOf(decision.results)).map(([result, value]) => ({
    result,
    at: [...at, 'results', result] as Place,
    fields: typeof value === 'string' ? { next: value } : fieldsOf(value),
  }));
  const leads = [
    ...(rows ?? []).map((row) => ({ ...row, from: 'a row', place: [...row.at, 'next'] })),
    ...results.map((one) => ({ ...one, from: `the result "${one.result}"`, place: one.at })),
  ];
  const links = leads.flatMap(({ fields, from, place, ...rest }): DraftLink[] => {
    const to = textOf(fields.next);
    const knows = !('result' in rest) || rest.result !== 'unknown';
    return to === undefined ? [] : [{ to, from, at: place, knows }];
  });
  const otherwise = textOf(decision.otherwise);
  if (otherwise !== undefined)
    links.push({ to: otherwise, from: '`otherwise`', at: [...at, 'otherwise'], knows: true });
  return {
    kind: 'decision',
    id,
    at,
    links,
    texts: leads.flatMap((lead) => [
      ...textsAt(lead.at, lead.fields, ['because']),
      ...rulesOutTexts(lead.at, lead.fields),
    ]),
    check: textOf(decision.check),
    of: listOf(decision.of).map(String),
    results: results.map(({ result }) => result),
    rows: rows?.map(({ fields, at: place }) => ({
      at: place,
      when: fields.when,
      conditions: Object.entries(fieldsOf(fields.when)).flatMap(([question, condition]) => {
        const parts = Array.isArray(condition) ? [condition] : Object.values(fieldsOf(condition));
        return { question, choices: parts.flatMap(listOf).map(String), at: [...place, 'when', question] };
      }),
    })),
    otherwise: otherwise !== undefined,
  };
}

function outcomeOf(id: string, outcome: Fields): DraftOutcome {
  const at: Place = ['outcomes', id];
  const steps = listOf(outcome.nextSteps);
  const checklist = Object.entries(fieldsOf(outcome.checklist));
  return {
    kind: 'outcome',
    id,
    at,
    links: [],
    texts: [
      ...textsAt(at, outcome, ['verdict', 'explanation']),
      ...steps.flatMap((step, index) => textAt([...at, 'nextSteps', index], step)),
      ...checklist.flatMap(([item, text]) => textAt([...at, 'checklist', item], text)),
    ],
    ways: steps.length + checklist.length,
    goOn: listOf(outcome.goOn).map(String),
  };
}

function saidAt(at: Place, fields: Fields, value: 'number' | 'value' | 'none'): DraftQuestion['said'] {
  return listOf(fields.said).map((text, index) => ({ text: String(text), at: [...at, 'said', index], value }));
}

function rulesOutTexts(at: Place, fields: Fields): DraftText[] {
  return listOf(fields.rulesOut).flatMap((one, index) =>
    textsAt([...at, 'rulesOut', index], fieldsOf(one), ['what', 'because']),
  );
}

function textsAt(at: Place, fields: Fields, names: readonly string[]): DraftText[] {
  return names.flatMap((name) => textAt([...at, name], fields[name]));
}

function textAt(at: Place, value: unknown): DraftText[] {
  return typeof value === 'string' ? [{ text: value, at }] : [];
}

/** False for what the schema fills in where nothing is written. */
function saysSomething(value: unknown): boolean {
  if (value === undefined || value === false) return false;
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
