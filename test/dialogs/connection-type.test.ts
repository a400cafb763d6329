import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Guide, Outcome, Question } from '../../dialogs/guide';
import type { Answer } from '../../dialogs/guide-state';
import { matchReply } from '../../dialogs/match-reply';
import { parseGuide } from '../../dialogs/parse-guide';
import { ANSWERS_ALONE } from '../../dialogs/synonyms';
import { beginGuide, positionOf, step } from '../../dialogs/walk';
import { isQuestion } from '../../knowledge/question-form';

const ROOT = path.join(__dirname, '../..');
const FILE = 'dialogs/guides/connection-type.yaml';
const RESULT = parseGuide(readFileSync(path.join(ROOT, FILE), 'utf8'), FILE);
const GUIDE: Guide | undefined = RESULT.ok ? RESULT.guide : undefined;
const QUESTIONS: readonly Question[] = [...(GUIDE?.questions.values() ?? [])];
const OUTCOMES: readonly Outcome[] = [...(GUIDE?.outcomes.values() ?? [])];
const ENTRY_IDS = new Set(
  readdirSync(path.join(ROOT, 'knowledge/faq'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes(path.sep) && name.endsWith('.md'))
    .map((name) => path.basename(name, '.md')),
);

/** The outcome or guide that these choices, in order, lead to; a message where they lead to none. */
function endAfter(guide: Guide, choices: readonly Answer[]): string {
  let state = beginGuide(guide);
  for (const choice of choices) {
    const position = positionOf(guide, state);
    if (position.kind !== 'question') return `an end before "${choice}"`;
    const moved = step(guide, state, { kind: 'answer', question: position.question.id, answer: choice });
    if (moved.kind === 'stale') return `"${position.question.id}" has no choice "${choice}"`;
    state = moved.state;
  }
  const end = positionOf(guide, state);
  switch (end.kind) {
    case 'question':
      return `still at "${end.question.id}"`;
    case 'outcome':
      return end.outcome.id;
    case 'handover':
      return `guide:${end.guide}`;
  }
}

/** The id of the choice that a typed reply finds; `several` or `none` where it finds no single one. */
function choiceFor(question: Question, reply: string): string {
  const match = matchReply(question, reply, isQuestion(reply));
  return match.kind === 'answer' ? `${match.answer}` : match.kind;
}

const questionCalled = (id: string): Question => GUIDE!.questions.get(id)!;

test('the guide has no faults', () => {
  expect(RESULT).toMatchObject({ ok: true });
});

describe('an outcome', () => {
  test.each(OUTCOMES.map((outcome) => [outcome.id, outcome] as const))('"%s" has all its texts', (_id, outcome) => {
    const texts = [outcome.verdict, outcome.explanation, ...outcome.nextSteps];
    expect(outcome.nextSteps.length + outcome.checklist.length).toBeGreaterThan(0);
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  });

  test.each(
    OUTCOMES.map((outcome) => [outcome.id, outcome] as const),
  )('"%s" cites entries that exist', (_id, outcome) => {
    expect(outcome.cites.length).toBeGreaterThan(0);
    expect(outcome.cites.filter((id) => !ENTRY_IDS.has(id))).toEqual([]);
    expect(new Set(outcome.cites).size).toBe(outcome.cites.length);
  });

  test.each(
    OUTCOMES.map((outcome) => [outcome.id, outcome] as const),
  )('"%s" links to full addresses only', (_id, outcome) => {
    const text = [outcome.verdict, outcome.explanation, ...outcome.nextSteps].join('\n');
    expect(text).not.toMatch(/\]\(|http:\/\/|\.md\b/);
  });
});

describe('the answers lead to the connection type', () => {
  test.each([
    ['single computers', ['computers'], 'point-to-site'],
    ['one site with a device and an IPv4 address', ['one-site', 'yes', 'yes'], 'site-to-site'],
    ['one site without a device', ['one-site', 'no'], 'site-without-device'],
    ['one site that may have a device', ['one-site', 'unknown'], 'site-without-device'],
    ['one site without an IPv4 address', ['one-site', 'yes', 'no'], 'site-without-ipv4'],
    ['one site that may have an IPv4 address', ['one-site', 'yes', 'unknown'], 'site-without-ipv4'],
    ['several sites and no gateway yet', ['sites', 'none'], 'multi-site'],
    ['several sites and a route-based gateway', ['sites', 'route-based'], 'multi-site'],
    ['several sites and a policy-based gateway', ['sites', 'policy-based'], 'guide:gateway-type'],
    ['several sites and an unknown gateway', ['sites', 'unknown'], 'multi-site'],
    ['a private line alone', ['private-line', 'no', 'no'], 'expressroute'],
    ['a private line with a VPN beside it', ['private-line', 'no', 'yes'], 'expressroute-with-vpn'],
    ['a private line, nothing else known', ['private-line', 'unknown', 'unknown'], 'expressroute'],
    ['a private line that one site does not need', ['private-line', 'yes', 'yes', 'yes'], 'site-to-site'],
    ['a private line that several sites do not need', ['private-line', 'several', 'route-based'], 'multi-site'],
    ['another VNet', ['vnet'], 'guide:connect-vnets'],
    ['sites and computers, route-based', ['mix', ['sites', 'computers'], 'route-based'], 'sites-and-computers'],
    ['sites and computers, no gateway yet', ['mix', ['sites', 'computers'], 'none'], 'sites-and-computers'],
    ['sites and computers, policy-based', ['mix', ['sites', 'computers'], 'policy-based'], 'mix-rebuild'],
    ['a VNet and sites, route-based', ['mix', ['sites', 'vnets'], 'route-based'], 'vnets-and-sites'],
    ['a VNet and sites, policy-based', ['mix', ['sites', 'vnets'], 'policy-based'], 'mix-rebuild'],
    ['a VNet and computers, no gateway yet', ['mix', ['computers', 'vnets'], 'none'], 'all-in-one'],
    ['everything but a line, policy-based', ['mix', ['sites', 'computers', 'vnets'], 'policy-based'], 'mix-rebuild'],
    ['everything but a line, unknown gateway', ['mix', ['sites', 'computers', 'vnets'], 'unknown'], 'all-in-one'],
    ['a private line and computers', ['mix', ['computers', 'line']], 'expressroute-with-vpn'],
    ['a mix of computers alone', ['mix', ['computers']], 'point-to-site'],
    ['a mix of sites alone', ['mix', ['sites'], 'none'], 'multi-site'],
    ['a mix of VNets alone', ['mix', ['vnets']], 'guide:connect-vnets'],
    ['a mix of a private line alone', ['mix', ['line'], 'no'], 'expressroute'],
    ['an unknown mix', ['mix', 'unknown', 'unknown'], 'all-in-one'],
    ['people on the road', ['unknown', 'anywhere'], 'point-to-site'],
    ['computers in one building', ['unknown', 'building', 'yes', 'yes'], 'site-to-site'],
    ['computers in several buildings', ['unknown', 'buildings', 'none'], 'multi-site'],
    ['computers in Azure', ['unknown', 'azure'], 'guide:connect-vnets'],
    ['nothing known at all', ['unknown', 'unknown'], 'point-to-site'],
  ])('%s', (_sentence, choices, outcome) => {
    expect(endAfter(GUIDE!, choices)).toBe(outcome);
  });

  test('a VPN beside ExpressRoute warns of the Basic SKU', () => {
    expect(GUIDE!.outcomes.get('expressroute-with-vpn')!.explanation).toContain('Basic');
  });

  test('where a mix needs another gateway it says that one cannot be converted', () => {
    const outcome = GUIDE!.outcomes.get('mix-rebuild')!;
    expect(outcome.explanation).toMatch(/cannot be converted/);
    expect(outcome.cites).toContain('can-i-update-my-policy-based-vpn-gateway-to-route-based');
  });
});

describe('a typed reply', () => {
  const questions = QUESTIONS.map((question) => [question.id, question] as const);

  test.each(questions)('finds each label and synonym of "%s"', (_id, question) => {
    for (const choice of question.choices) {
      for (const reply of [choice.label, ...choice.synonyms]) {
        expect({ reply, choice: choiceFor(question, reply) }).toEqual({ reply, choice: choice.id });
      }
    }
  });

  test.each(questions)('finds each label and synonym of "%s" inside a statement, in any spelling', (_id, question) => {
    for (const choice of question.choices) {
      for (const reply of [choice.label, ...choice.synonyms].filter((spelling) => !ANSWERS_ALONE.has(spelling))) {
        const said = `It's ${reply.toUpperCase()}, I think!`;
        expect({ said, choice: choiceFor(question, said) }).toEqual({ said, choice: choice.id });
      }
    }
  });

  const NAMES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

  test.each(questions)('finds each choice of "%s" by its number', (_id, question) => {
    expect(question.choices.length).toBeLessThanOrEqual(NAMES.length);
    for (const [index, choice] of question.choices.entries()) {
      for (const reply of [`${index + 1}`, `option ${index + 1}`, `the ${NAMES[index]} one`]) {
        expect({ reply, choice: choiceFor(question, reply) }).toEqual({ reply, choice: choice.id });
      }
    }
  });

  test.each(questions)('finds no choice of "%s" by a number that it does not have', (_id, question) => {
    expect(choiceFor(question, '0')).toBe('none');
    expect(choiceFor(question, `${question.choices.length + 1}`)).toBe('none');
  });

  test.each(questions)('that asks something is no choice of "%s"', (_id, question) => {
    for (const reply of [
      'what is the first thing I need?',
      'is site-to-site cheaper than ExpressRoute?',
      'what is the difference between option 1 and option 2?',
      'do my laptops need a certificate?',
      'how many branches can I connect',
      'which one do you recommend?',
      'can I change from policy-based to route-based later',
      'does a public ip cost extra?',
      'yes, but what is RRAS?',
    ]) {
      expect({ reply, choice: choiceFor(question, reply) }).toEqual({ reply, choice: 'none' });
    }
  });

  test.each([
    ['endpoint', 'just our laptops', 'computers'],
    ['endpoint', 'people in their home office', 'computers'],
    ['endpoint', 'point to site', 'computers'],
    ['endpoint', 'our headquarters', 'one-site'],
    ['endpoint', 'a datacenter in Oslo', 'one-site'],
    ['endpoint', 'we have 12 branches', 'sites'],
    ['endpoint', '3 offices', 'sites'],
    ['endpoint', 'headquarters and branches', 'sites'],
    ['endpoint', 'a vnet in another region', 'vnet'],
    ['endpoint', 'mpls from our provider', 'private-line'],
    ['endpoint', 'office and laptops', 'mix'],
    ['endpoint', 'no idea', 'unknown'],
    ['endpoint', 'our office and some laptops', 'several'],
    ['endpoint', 'the coffee machine', 'none'],
    ['device', 'a Cisco ASA', 'yes'],
    ['device', 'no hardware there', 'no'],
    ['device', 'we don’t have one', 'no'],
    ['device', 'we don’t know', 'unknown'],
    ['ipv4', 'yes, a static public IP', 'yes'],
    ['ipv4', 'we have no public ip', 'no'],
    ['ipv4', 'it is behind carrier grade NAT', 'no'],
    ['sites-gateway', 'nothing yet', 'none'],
    ['sites-gateway', 'the dynamic one', 'route-based'],
    ['sites-gateway', 'static routing', 'policy-based'],
    ['internet', 'not over the internet', 'no'],
    ['internet', 'yes', 'yes'],
    ['internet', 'yes, several sites', 'several'],
    ['internet', 'not a problem', 'yes'],
    ['beside', 'yes, as a backup', 'yes'],
    ['beside', 'only ExpressRoute', 'no'],
    ['mix', 's2s and p2s', 'sites,computers'],
    ['mix', 'office and another vnet', 'sites,vnets'],
    ['mix', 'laptops, an office and ExpressRoute', 'sites,computers,line'],
    ['mix', 'ExpressRoute', 'line'],
    ['mix', 'no idea', 'unknown'],
    ['place', 'at home', 'anywhere'],
    ['place', 'in our factories', 'buildings'],
  ])('to "%s": "%s" means %s', (question, reply, choice) => {
    expect(choiceFor(questionCalled(question), reply)).toBe(choice);
  });
});
