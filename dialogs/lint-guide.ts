import { CHECKS } from './checks/check';
import { onEveryWay, type Ways, waysFrom } from './graph';
import type { DraftDecision, DraftQuestion, DraftText, GuideDraft, GuideFault } from './guide-draft';
import { checkDecision, isCheckName } from './lint-decision';
import { checkReplies } from './lint-replies';
import { checkSaid } from './lint-said';
import { placeholdersIn } from './placeholders';

/** Most choices that fit on the cards of every channel, "I don't know" left out. */
const MAX_CHOICES = 8;

/**
 * Checks a guide as a whole: every target exists, every node is reached, there is no cycle, no reply can mean two choices, every
 * combination of answers has a row, every placeholder has a value. All faults at once, as far as the file can be read.
 */
export function lintGuide(draft: GuideDraft): GuideFault[] {
  const graph = graphOf(draft);
  const start = draft.questions.find(({ id }) => id === draft.start)?.id;
  const ways = start === undefined ? undefined : waysFrom(graph, start);
  const before = start === undefined || ways?.cycle !== undefined ? undefined : once(() => onEveryWay(graph, start));
  return [
    ...checkIds(draft),
    ...checkTargets(draft),
    ...draft.questions.flatMap(checkForm),
    ...draft.questions.flatMap(checkReplies),
    ...draft.questions.flatMap(checkSaid),
    ...draft.questions.flatMap((question) => checkUse(question, draft)),
    ...draft.decisions.flatMap((decision) => {
      const asked = (question: string): boolean => before?.().get(decision.id)?.has(question) ?? true;
      return checkDecision(decision, draft, asked);
    }),
    ...draft.outcomes
      .filter(({ ways }) => ways === 0)
      .map(({ id, at }) => ({ at, message: `the outcome "${id}" has neither \`nextSteps\` nor a \`checklist\`` })),
    ...(ways === undefined ? [] : checkGraph(draft, ways)),
    ...(start === undefined || ways?.cycle !== undefined ? [] : checkPlaceholders(draft, start)),
  ];
}

function nodesOf(draft: GuideDraft) {
  return [...draft.questions, ...draft.decisions, ...draft.outcomes];
}

function checkIds(draft: GuideDraft): GuideFault[] {
  const kinds = new Map<string, string>();
  return nodesOf(draft).flatMap(({ id, kind, at }) => {
    const before = kinds.get(id);
    kinds.set(id, kind);
    return before === undefined
      ? []
      : [{ at, message: `"${id}" is both a ${before} and ${kind === 'outcome' ? 'an' : 'a'} ${kind}; rename one` }];
  });
}

function checkTargets(draft: GuideDraft): GuideFault[] {
  const known = new Set(nodesOf(draft).map(({ id }) => id));
  const faults: GuideFault[] = [];
  if (draft.start !== undefined && !draft.questions.some(({ id }) => id === draft.start)) {
    faults.push({ at: ['start'], message: `\`start\`: "${draft.start}" is not a question` });
  }
  for (const { links } of [...draft.questions, ...draft.decisions]) {
    for (const { to, from, at } of links) {
      if (known.has(to) || to.startsWith('guide:')) continue;
      const message = `${from} leads to "${to}", which is neither a question nor a decision nor an outcome`;
      faults.push({ at, message });
    }
  }
  return faults;
}

/** The fields that a question of one kind needs, and those that only another kind has. */
function checkForm({ id, at, asks, several, fields, choices, links }: DraftQuestion): GuideFault[] {
  const faults: GuideFault[] = [];
  const need = (field: string, why: string): void => {
    if (!fields.includes(field)) faults.push({ at, message: `the question "${id}" needs \`${field}\`: ${why}` });
  };
  const misplaced = (names: readonly string[], why: string): void => {
    for (const name of names.filter((one) => fields.includes(one))) {
      faults.push({ at: [...at, name], message: `\`${name}\` has no place here: ${why}` });
    }
  };
  if (fields.includes('asks')) {
    misplaced(['choices', 'several', 'unit'], 'the question asks for a typed value');
    for (const field of ['because', 'example', 'next']) need(field, 'it asks for a typed value');
    if (asks !== 'address') misplaced(['refuse'], 'only an address can be refused for its kind');
    return faults;
  }
  need('choices', 'or `asks`, where a value is to be typed');
  misplaced(['refuse', 'example', 'because', 'rulesOut'], 'the question has choices');
  const numeric = choices.some(({ numbers }) => numbers !== undefined);
  if (several) need('next', 'with several choices the way on is the same for all');
  else misplaced(['next'], 'each choice has its own');
  if (!numeric) misplaced(['unit', 'fact', 'said'], 'its choices do not stand for numbers; write it at the choice');
  if (choices.length > MAX_CHOICES) {
    faults.push({ at, message: `${choices.length} choices are more than fit on a card; at most ${MAX_CHOICES}` });
  }
  const led = new Set(links.map(({ from }) => from));
  for (const choice of choices.filter((one) => !led.has(`the choice "${one.id}"`))) {
    faults.push({ at: choice.at, message: `the choice "${choice.id}" leads nowhere: \`next\` is missing` });
  }
  if (fields.includes('unknown') && !led.has('the "I don’t know" reply')) {
    const message = 'the "I don’t know" reply leads nowhere: `next` is missing';
    faults.push({ at: [...at, 'unknown'], message });
  }
  return faults;
}

/** A question must change something: where it leads, what is decided or written later, or what is ruled out. */
function checkUse(question: DraftQuestion, draft: GuideDraft): GuideFault[] {
  const targets = new Set(question.links.map(({ to }) => to));
  if (targets.size !== 1 || question.links.length < 2) return [];
  const used =
    question.rulesOutSomething ||
    question.fact !== undefined ||
    question.choices.some(({ facts }) => Object.keys(facts).length > 0) ||
    draft.decisions.some(
      ({ of, rows }) =>
        of.includes(question.id) ||
        rows?.some(({ conditions }) => conditions.some((one) => one.question === question.id)),
    ) ||
    [...nodesOf(draft).flatMap(({ texts }) => texts)].some(({ text }) =>
      placeholdersIn(text).some(({ name }) => name === question.id),
    );
  if (used) return [];
  return [
    { at: question.at, message: `nothing depends on the question "${question.id}": leave it out, or use its answer` },
  ];
}

function graphOf(draft: GuideDraft): Map<string, string[]> {
  return new Map([...draft.questions, ...draft.decisions].map(({ id, links }) => [id, links.map(({ to }) => to)]));
}

function checkGraph(draft: GuideDraft, { reached, cycle }: Ways): GuideFault[] {
  const nodes = nodesOf(draft);
  const faults: GuideFault[] = [];
  if (cycle !== undefined) {
    const at = nodes.find(({ id }) => id === cycle[0])?.at ?? ['questions'];
    faults.push({ at, message: `these lead back to the first of them: ${cycle.join(' → ')}` });
  }
  for (const { kind, id, at } of nodes.filter((node) => !reached.has(node.id))) {
    faults.push({ at, message: `no reply leads to the ${kind} "${id}"` });
  }
  return faults;
}

/** What a text may name: questions and checks that lie on every way to it, with a value on every such way. */
function checkPlaceholders(draft: GuideDraft, start: string): GuideFault[] {
  const graph = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const tos = graph.get(from);
    if (tos === undefined) graph.set(from, [to]);
    else tos.push(to);
  };
  for (const { id, links } of [...draft.questions, ...draft.decisions]) {
    for (const { to, knows } of links) {
      const through = `${id}=${knows ? 'known' : 'unknown'}`;
      add(id, through);
      add(through, to);
    }
  }
  const sure = once(() => onEveryWay(graph, start));
  const questions = new Map(draft.questions.map((question) => [question.id, question]));
  const decisions = new Map(draft.decisions.map((decision) => [decision.id, decision]));
  const check = (node: string, { text, at }: DraftText, own: string | undefined): GuideFault[] =>
    placeholdersIn(text).flatMap(({ name, otherwise }) => {
      const fault = (message: string): GuideFault[] => [{ at, message: `{${name}}: ${message}` }];
      const [id, figure] = name.split('.') as [string, string?];
      if (id === own || (own !== undefined && name === 'value')) return [];
      const unknown = unknownName(figure, questions.get(id), decisions.get(id));
      if (unknown !== undefined) return fault(unknown);
      if (otherwise !== undefined || (sure().get(node)?.has(`${id}=known`) ?? true)) return [];
      return fault(`not known on every way to here; write {${name}|words for when it is not known}`);
    });
  return nodesOf(draft).flatMap((node) => [
    // What a check found is known in the texts of its results.
    ...node.texts.flatMap((text) => check(node.id, text, node.kind === 'decision' ? node.id : undefined)),
    ...(node.kind === 'question' ? node.replyTexts.flatMap((text) => check(node.id, text, node.id)) : []),
  ]);
}

/** Works something out when it is first asked for: most guides need neither of the two costly tables. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

function unknownName(
  figure: string | undefined,
  question: DraftQuestion | undefined,
  decision: DraftDecision | undefined,
): string | undefined {
  if (figure === undefined) return question === undefined ? 'is no question of this guide' : undefined;
  const check = decision?.check;
  if (!isCheckName(check)) return 'is no check of this guide';
  const { figures } = CHECKS[check];
  return figures.includes(figure)
    ? undefined
    : `the check has ${figures.length === 0 ? 'no figures' : figures.join(', ')}`;
}
