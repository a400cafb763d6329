import type { ContentFault } from '../bot/foundation/content-error';
import { readYamlWithLines } from '../bot/foundation/yaml-with-lines';
import type { Facts } from './facts';
import { waysFrom } from './graph';
import type { Guide, Question } from './guide';
import { draftOf, type Place } from './guide-draft';

/** A guide with the text of its file. */
export interface ReadGuide {
  readonly guide: Guide;
  readonly text: string;
}

/**
 * Checks what guides name of each other: hand-overs lead to guides that there are and never back, and the facts that are
 * shared are those of facts.yaml. `ids` are all guides, those with faults of their own included.
 */
export function checkTogether(guides: readonly ReadGuide[], ids: ReadonlySet<string>, facts: Facts): ContentFault[] {
  const handovers = new Map(guides.map(({ guide }) => [guide.id, handoversOf(guide).map(({ to }) => to)]));
  return guides.flatMap(({ guide, text }) => {
    const found = [
      ...handoversOf(guide).flatMap(({ to, at }) => {
        if (!ids.has(to)) return [{ at, message: `"guide:${to}": there is no guide "${to}"` }];
        const { cycle } = waysFrom(handovers, guide.id);
        if (cycle?.[0] !== guide.id || cycle[1] !== to) return [];
        return [{ at, message: `these guides hand over in a circle: ${cycle.join(' → ')}` }];
      }),
      ...[...guide.outcomes.values()].flatMap(({ id, goOn }) =>
        goOn
          .filter((to) => !ids.has(to))
          .map((to) => ({ at: ['outcomes', id, 'goOn'] as Place, message: `there is no guide "${to}"` })),
      ),
      ...[...guide.questions.values()].flatMap((question) => checkFacts(question, facts)),
    ];
    if (found.length === 0) return [];
    const lines = readYamlWithLines(text, guide.file, 1);
    return found.map(({ at, message }) => ({ file: guide.file, line: lines.ok ? lines.lineOf(at) : 1, message }));
  });
}

function handoversOf({ written }: Guide): { readonly to: string; readonly at: Place }[] {
  const { questions, decisions } = draftOf(written);
  return [...questions, ...decisions].flatMap(({ links }) =>
    links.flatMap(({ to, at }) => (to.startsWith('guide:') ? [{ to: to.slice('guide:'.length), at }] : [])),
  );
}

function checkFacts(question: Question, facts: Facts): { readonly at: Place; readonly message: string }[] {
  const at: Place = ['questions', question.id];
  const faults: { at: Place; message: string }[] = [];
  const named = [...facts.keys()].join(', ');
  if (question.fact !== undefined) {
    const fact = facts.get(question.fact);
    const place = [...at, 'fact'];
    if (fact === undefined)
      faults.push({ at: place, message: `"${question.fact}" is no shared fact; facts: ${named}` });
    else if (fact.kind !== 'value')
      faults.push({ at: place, message: `the fact "${question.fact}" has no typed value` });
  }
  for (const choice of question.choices) {
    for (const [name, value] of Object.entries(choice.facts)) {
      const place = [...at, 'choices', choice.id, 'facts', name];
      const fact = facts.get(name);
      if (fact === undefined) faults.push({ at: place, message: `"${name}" is no shared fact; facts: ${named}` });
      else if (fact.kind === 'value') faults.push({ at: place, message: `the fact "${name}" is typed, not chosen` });
      else if (!fact.values.has(value)) {
        faults.push({
          at: place,
          message: `"${value}" is no value of "${name}"; values: ${[...fact.values.keys()].join(', ')}`,
        });
      }
    }
  }
  return faults;
}
