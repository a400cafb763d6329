import type { Content } from '../../bot/content';
import { buildOpenGuide } from '../../dialogs/opening';
import type { Entry } from '../../knowledge/entry';
import type { Intent } from '../../knowledge/intent';
import type { Candidate, Understand, Understanding } from '../../knowledge/understanding';
import { sampleUnderstanding } from './sample-understanding';
import { tinyGuide } from './tiny-guide';

function entry(id: string, title: string, body: string, followUps: readonly string[] = []): Entry {
  return {
    id,
    title,
    phrasings: [],
    section: 'bikes',
    asOf: '2019-05-22',
    source: { file: 'bikes.md', heading: title },
    reviewBy: undefined,
    followUps,
    sameAnswerAs: [],
    body,
    file: `faq/${id}.md`,
    line: 1,
  };
}

function intent(id: string, kind: Intent['kind'], utterances: readonly string[], reply?: string): Intent {
  return { id, kind, utterances, reply, file: `intents/${id}.yaml` };
}

export const TYRE = entry(
  'how-long-does-a-tyre-last',
  'How long does a tyre last?',
  'About 5000 km. With a motor [less](#how-far-does-a-battery-go).',
);
export const BATTERY = entry('how-far-does-a-battery-go', 'How far does a battery go?', 'About 80 km.', [TYRE.id]);
export const CHAIN = entry('how-do-i-oil-a-chain', 'How do I oil a chain?', 'With little oil.', [TYRE.id, BATTERY.id]);

const INTENTS: readonly Intent[] = [
  intent('greeting', 'smalltalk', ['hi', 'hello'], 'Hello to you.'),
  intent('thanks', 'smalltalk', ['thanks', 'thank you'], 'You are welcome.'),
  intent('what-can-you-do', 'command', ['what can you do'], 'I know bicycles.'),
  intent('help', 'command', ['help']),
  intent('show-guides', 'command', ['guides']),
  intent('talk-to-a-human', 'command', ['human']),
  intent('cancel', 'command', ['cancel', 'stop']),
  intent('start-over', 'command', ['start over']),
  intent('back', 'command', ['back']),
  intent('why', 'command', ['why']),
  intent('change-answer', 'command', ['change an answer']),
  intent('take-back', 'command', ['take back']),
  intent('later', 'command', ['later']),
  intent('resume', 'command', ['continue', 'go on']),
  intent('summary', 'command', ['my answers']),
  intent('what-if', 'command', ['what if']),
  intent('print', 'command', ['print']),
  intent('transcript', 'command', ['send me my transcript']),
  intent('delete-data', 'command', ['delete my data', 'forget me']),
];

/** Three entries, the tiny guide and some intents; somebody to write to unless said otherwise. No facts are shared. */
export function tinyContent(changes: Partial<Content> = {}): Content {
  const guide = tinyGuide();
  const guides = changes.guides ?? new Map([[guide.id, guide]]);
  return {
    entries: new Map([TYRE, BATTERY, CHAIN].map((one) => [one.id, one])),
    mostAsked: [],
    guides,
    openGuide: buildOpenGuide(guides.values(), new Map()),
    intents: new Map(INTENTS.map((one) => [one.id, one])),
    glossary: [],
    sources: new Map(),
    contact: { mail: 'help@example.com', page: undefined },
    ...changes,
  };
}

function candidate(id: string, confidence: number): Candidate {
  const { entries, guides } = tinyContent();
  const guide = guides.get(id);
  const title = guide?.title ?? entries.get(id)?.title ?? id;
  return { kind: guide === undefined ? 'entry' : 'guide', id, title, score: confidence * 10, confidence };
}

/** What some words are about: ids with confidence. Everything else is about nothing. */
const TOPICS: readonly (readonly [
  words: RegExp,
  candidates: readonly (readonly [id: string, confidence: number])[],
])[] = [
  [/bicycle|which bike/i, [['which-bicycle', 0.9]]],
  [
    /tyre.*battery|battery.*tyre/i,
    [
      [TYRE.id, 0.35],
      [BATTERY.id, 0.3],
      [CHAIN.id, 0.21],
      ['which-bicycle', 0.05],
    ],
  ],
  [/perhaps a guide/i, [['which-bicycle', 0.3]]],
  [
    /tyre/i,
    [
      [TYRE.id, 0.9],
      [CHAIN.id, 0.1],
    ],
  ],
  [/battery/i, [[BATTERY.id, 0.8]]],
  [/chain/i, [[CHAIN.id, 0.7]]],
];

/** Understands just enough for tests of the turn: topics by word, intents to the letter, questions by their mark. */
export const understandTiny: Understand = async (text): Promise<Understanding> => {
  const [opening, rest] = /^(hi|hello), (.+)$/i.exec(text)?.slice(1) ?? [];
  const found = INTENTS.find(({ utterances }) => utterances.includes(text.trim().toLowerCase()));
  const topic = TOPICS.find(([words]) => words.test(text))?.[1] ?? [];
  return sampleUnderstanding({
    text,
    candidates: topic.map(([id, confidence]) => candidate(id, confidence)),
    intent: found && { id: found.id, kind: found.kind, confidence: 1, exact: true },
    courtesy: opening === undefined ? undefined : 'greeting',
    isQuestion: (rest ?? text).endsWith('?'),
  });
};
