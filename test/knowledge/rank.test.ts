import { confidenceOf } from '../../knowledge/confidence';
import { buildRank, type GuideTopic } from '../../knowledge/rank';
import { buildTokenise } from '../../knowledge/tokenise';
import { sampleEntry } from '../support/sample-entry';

const ENTRIES = [
  sampleEntry('green', {
    title: 'How long does green tea take?',
    phrasings: ['minutes for green tea', 'steep green tea'],
    body: 'Two minutes, at 80 degrees. Boiling water makes it bitter.',
  }),
  sampleEntry('black', {
    title: 'How long does black tea take?',
    phrasings: ['minutes for black tea', 'steep black tea'],
    body: 'Four minutes. See [the kettle](https://example.com/samovar).',
  }),
  sampleEntry('kettle', {
    title: 'Which kettle is best?',
    phrasings: ['electric kettle or stove', 'kettle recommendation'],
    source: { file: 'tea.md', heading: 'What boiler should I buy?' },
    body: 'One with a **thermostat**, for green tea needs 80 degrees.',
  }),
  sampleEntry('twin', { title: 'Is mate tea?', source: { file: 'tea.md', heading: 'Is mate tea?' } }),
  sampleEntry('other-twin', { title: 'Is mate tea?', source: { file: 'tea.md', heading: 'Is mate tea?' } }),
];
const GUIDES: readonly GuideTopic[] = [
  {
    id: 'choose-a-tea',
    title: 'Which tea fits me?',
    description: 'Three questions about taste and caffeine.',
    utterances: ['help me choose a tea', 'recommend a tea'],
  },
];

const rank = buildRank(
  ENTRIES,
  GUIDES,
  buildTokenise([{ term: 'minutes', aliases: ['mins', 'brewing time'], meaning: 'how long it takes' }]),
);
const ids = (question: string, limit = 10) => rank(question, limit).map(({ id }) => id);

describe('buildRank', () => {
  test('what is asked word for word stands first, what shares most of its words next', () => {
    expect(ids('minutes for green tea').slice(0, 2)).toEqual(['green', 'black']);
    expect(ids('minutes for black tea').slice(0, 2)).toEqual(['black', 'green']);
  });

  test('a rare word outweighs a common one', () => {
    expect(ids('black tea kettle')[0]).toBe('black');
    expect(ids('tea kettle')[0]).toBe('kettle');
  });

  test('the glossary makes another word the same', () => {
    expect(ids('green brewing time')).toEqual(ids('green minutes'));
    expect(ids('green mins')[0]).toBe('green');
  });

  test('the heading of the source counts as an utterance', () => {
    expect(ids('boiler')).toEqual(['kettle']);
  });

  test('a word that only an answer has finds it', () => {
    expect(ids('bitter')).toEqual(['green']);
    expect(ids('thermostat')).toEqual(['kettle']);
  });

  test('the address of a link does not count', () => {
    expect(ids('samovar')).toEqual([]);
  });

  test('an utterance outweighs an answer that mentions the same in passing', () => {
    expect(ids('kettle')[0]).toBe('kettle');
    expect(ids('green tea 80 degrees')[0]).toBe('green');
  });

  test('a guide stands among the entries, by its title, utterances and description', () => {
    expect(rank('recommend a tea', 1)[0]).toMatchObject({
      kind: 'guide',
      id: 'choose-a-tea',
      title: 'Which tea fits me?',
    });
    expect(ids('caffeine')).toEqual(['choose-a-tea']);
  });

  test('equals keep the order of the documents', () => {
    expect(ids('mate').slice(0, 2)).toEqual(['twin', 'other-twin']);
  });

  test('gives at most as many as asked, best first, and the first does not depend on how many', () => {
    for (const question of ['tea', 'green tea kettle minutes', 'mate']) {
      const all = rank(question, 10);
      expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a));
      for (const limit of [0, 1, 2, 3]) expect(rank(question, limit)).toEqual(all.slice(0, limit));
    }
  });

  test('a question without a known word finds nothing', () => {
    for (const question of ['', 'how do I', 'zebra crossing', '???']) expect(ids(question)).toEqual([]);
  });

  test('without documents nothing is found', () => {
    expect(buildRank([], [], buildTokenise([]))('tea', 5)).toEqual([]);
  });
});

describe('the evidence', () => {
  test('of a question word for word is whole, and its margin is to the second', () => {
    const [first, second] = rank('minutes for green tea', 10);
    expect(first!.evidence.closest).toBeCloseTo(1, 5);
    expect(first!.evidence).toMatchObject({ coverage: 1, tokens: 3 });
    expect(first!.evidence.margin).toBeCloseTo(first!.score - second!.score, 10);
    expect(second!.evidence.margin).toBeCloseTo(second!.score - first!.score, 10);
  });

  test('of equals has no margin', () => {
    expect(rank('mate', 1)[0]!.evidence.margin).toBe(0);
  });

  test('says how much of the question the candidate knows, the rarer words weighing more', () => {
    const half = rank('kettle zebra', 1)[0]!.evidence.coverage;
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.5);
    expect(rank('kettle zebra giraffe', 1)[0]!.evidence.coverage).toBeLessThan(half);
  });

  test('counts each word once', () => {
    expect(rank('kettle kettle kettle', 1)[0]!.evidence.tokens).toBe(1);
  });

  test('makes an own question surer than one with unknown words in it', () => {
    const sure = confidenceOf(rank('electric kettle or stove', 1)[0]!.evidence);
    expect(sure).toBeGreaterThan(confidenceOf(rank('electric kettle zebra crossing giraffe', 1)[0]!.evidence));
  });
});
