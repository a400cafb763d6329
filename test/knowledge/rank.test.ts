import * as fc from 'fast-check';
import { confidenceOf } from '../../knowledge/confidence';
import type { Entry } from '../../knowledge/entry';
import { buildRank, compileRanking, type GuideTopic, type Ranked, writtenDocuments } from '../../knowledge/rank';
import type { SemanticHit } from '../../knowledge/semantics/sentence-encoder';
import { buildTokenise } from '../../knowledge/tokenise';
import type { RankingWeights } from '../../knowledge/trained-model';
import type { UncoveredTopic } from '../../knowledge/uncovered-topic';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { sampleEntry } from '../support/sample-entry';
import { CONFIDENCE_WEIGHTS, EVEN_WEIGHTS } from '../support/sample-model';

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
const UNCOVERED: readonly UncoveredTopic[] = [
  { topic: 'coffee', utterances: ['how long does coffee take', 'grind size for espresso', 'a filter for coffee'] },
];

const tokenise = buildTokenise([
  { term: 'minutes', aliases: ['mins', 'brewing time'], meaning: 'how long it takes', broader: undefined },
]);
const documents = writtenDocuments(ENTRIES, GUIDES, UNCOVERED);
// Through JSON, as it goes where it is kept.
const rank = buildRank(JSON.parse(JSON.stringify(compileRanking(documents, tokenise))));

interface Asking {
  readonly weights?: RankingWeights;
  readonly limit?: number;
  readonly semantics?: readonly SemanticHit[];
}

function ask(text: string, { weights = EVEN_WEIGHTS, limit = 10, semantics }: Asking = {}): Ranked[] {
  return rank({ text, tokens: tokenise(text), semantics }, weights, limit);
}

/** Ids of what is found by words, not by pieces of words alone. */
const ids = (text: string) =>
  ask(text)
    .filter(({ evidence }) => evidence.coverage > 0)
    .map(({ id }) => id);

/** How close the documents are by sense: those named as said, all others not at all. */
function sense(closeness: Readonly<Record<string, number>>): SemanticHit[] {
  return documents.map(({ id }) => ({ closest: closeness[id] ?? 0, pooled: closeness[id] ?? 0 }));
}

const NOTHING: RankingWeights = { tokens: 0, text: 0, grams: 0, sense: 0, coverage: 0, notGuide: 0 };

describe('buildRank', () => {
  test('what is asked word for word stands first, what shares most of its words next', () => {
    expect(ids('minutes for green tea')[0]).toBe('green');
    expect(ids('my green tea: how many minutes?').slice(0, 2)).toEqual(['green', 'black']);
    expect(ids('my black tea: how many minutes?').slice(0, 2)).toEqual(['black', 'green']);
  });

  test('a rare word outweighs a common one', () => {
    expect(ids('black tea kettle')[0]).toBe('black');
    expect(ids('tea kettle')[0]).toBe('kettle');
  });

  test('the glossary makes another word the same', () => {
    expect(ids('green brewing time')[0]).toBe('green');
    expect(ids('green mins')[0]).toBe('green');
    const parts = (text: string) => ask(text).map(({ id, evidence }) => [id, evidence.tokens, evidence.text]);
    const inOrder = (text: string) => parts(text).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const found = (text: string) => inOrder(text).filter(([, tokens]) => tokens !== 0);
    expect(found('green brewing time')).toEqual(found('green minutes'));
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
    expect(ask('recommend a tea', { limit: 1 })[0]).toMatchObject({
      kind: 'guide',
      id: 'choose-a-tea',
      title: 'Which tea fits me?',
    });
    expect(ids('caffeine')).toEqual(['choose-a-tea']);
  });

  test('a topic that is not covered stands among them too, and wins where it is meant', () => {
    expect(ask('how long does espresso take')[0]).toMatchObject({ kind: 'uncovered', id: 'coffee', title: 'coffee' });
    expect(ask('how long does black tea take')[0]).toMatchObject({ kind: 'entry', id: 'black' });
  });

  test('pieces of words find what is spelled alike, but are no topic without a word that says something', () => {
    expect(ids('kettles')[0]).toBe('kettle');
    expect(ask('kettlebell')).toEqual([]);
  });

  test('equals keep the order of the documents', () => {
    expect(ids('mate').slice(0, 2)).toEqual(['twin', 'other-twin']);
  });

  test('gives at most as many as asked, best first, and the first does not depend on how many', () => {
    for (const question of ['tea', 'green tea kettle minutes', 'mate', 'coffee']) {
      const all = ask(question);
      expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a));
      for (const limit of [0, 1, 2, 3]) expect(ask(question, { limit })).toEqual(all.slice(0, limit));
    }
  });

  test('a question without a known word finds nothing by words, one without words nothing at all', () => {
    for (const question of ['', 'how do I', '???', '0']) expect(ask(question)).toEqual([]);
    for (const question of ['zebra crossing', 'qwx']) expect(ids(question)).toEqual([]);
  });

  test('without documents nothing is found', () => {
    const empty = buildRank(compileRanking([], tokenise));
    expect(empty({ text: 'tea', tokens: ['tea'], semantics: undefined }, EVEN_WEIGHTS, 5)).toEqual([]);
    expect(empty.isWordForWord(['tea'])).toBe(false);
  });

  test('knows what is word for word an utterance, whatever its stop words and order', () => {
    for (const text of [
      'steep green tea',
      'how do I steep the green tea?',
      'tea, green: steep',
      'caffeine choose tea',
    ]) {
      expect({ text, is: rank.isWordForWord(tokenise(text)) }).toEqual({ text, is: text !== 'caffeine choose tea' });
    }
    expect(rank.isWordForWord([])).toBe(false);
  });
});

describe('each part of the evidence can decide', () => {
  const first = (text: string, part: keyof RankingWeights, semantics?: readonly SemanticHit[]) => {
    return ask(text, { weights: { ...NOTHING, [part]: 1 }, ...(semantics === undefined ? {} : { semantics }) })[0]!;
  };

  test('closeness of utterances', () => {
    expect(first('stove kettle bitter boiling', 'tokens')).toMatchObject({ id: 'kettle', score: 1 });
  });

  test('the whole text', () => {
    expect(first('kettle degrees bitter boiling', 'text')).toMatchObject({ id: 'green', score: 1 });
  });

  test('pieces of words', () => {
    expect(first('tea kettlebells and kettledrums', 'grams')).toMatchObject({ id: 'kettle', score: 1 });
  });

  test('sense', () => {
    const semantics = sense({ 'choose-a-tea': 0.6, green: 0.3 });
    // Twice what the best entry has would be 2: a guide is never that far ahead.
    expect(first('tea', 'sense', semantics)).toMatchObject({ id: 'choose-a-tea', score: 1.5 });
    expect(first('tea', 'sense', sense({ kettle: 0.6, green: 0.3 }))).toMatchObject({ id: 'kettle', score: 1 });
    expect(first('tea', 'sense').score).toBe(0);
  });

  test('how much of the question a document has', () => {
    expect(first('green kettle thermostat degrees', 'coverage')).toMatchObject({ id: 'kettle', score: 1 });
  });

  test('but the very words of an utterance win, whatever else speaks for others', () => {
    const semantics = sense({ kettle: 1, black: 0.9, green: -1 });
    for (const part of ['tokens', 'text', 'grams', 'sense', 'coverage'] as const) {
      const best = first('minutes for green tea', part, semantics);
      expect(best).toMatchObject({ id: 'green', evidence: { sameWords: true } });
      expect(best.score).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('the evidence', () => {
  test('of a question word for word is whole, and nothing comes near it', () => {
    const [first] = ask('minutes for green tea');
    expect(first!.evidence.closest).toBeCloseTo(1, 5);
    expect(first!.evidence.gramsClosest).toBeCloseTo(1, 5);
    expect(first!.evidence).toMatchObject({ coverage: 1, words: 3, sameWords: true, tokens: 1, grams: 1 });
    expect(first!.evidence.margin).toBe(first!.score);
  });

  test('measures every document by the best that is no guide, however near a guide is', () => {
    for (const text of ['recommend a green tea', 'help with a tea kettle', 'which tea takes minutes']) {
      const best = ask(text).filter(({ kind }) => kind !== 'guide');
      expect(Math.max(...best.map(({ evidence }) => evidence.tokens))).toBe(1);
      expect(Math.max(...best.map(({ evidence }) => evidence.text))).toBe(1);
    }
  });

  test('has the distance to the best of the other kind, and tells what is no guide', () => {
    const ranked = ask('recommend a green tea');
    const entry = ranked.find(({ kind }) => kind === 'entry')!;
    const guide = ranked.find(({ kind }) => kind === 'guide')!;
    expect(entry.evidence.aheadOfOtherKind).toBeCloseTo(entry.score - guide.score, 10);
    expect(guide.evidence.aheadOfOtherKind).toBeCloseTo(guide.score - entry.score, 10);
    expect([entry.evidence.notGuide, guide.evidence.notGuide]).toEqual([1, 0]);
    // The only guide: nothing of its kind is near it, however near the entries are.
    expect(guide.evidence.margin).toBe(guide.score);
  });

  test('has the distance to the second, for the second that to the first', () => {
    const [first, second] = ask('my green tea: how many minutes?');
    expect([first!.id, second!.id]).toEqual(['green', 'black']);
    expect(first!.evidence.margin).toBeCloseTo(first!.score - second!.score, 10);
    expect(second!.evidence.margin).toBeCloseTo(second!.score - first!.score, 10);
  });

  test('names the words of the question that the document has', () => {
    const of = (id: string) => ask('green tea in a zebra kettle').find((one) => one.id === id)!.evidence.matched;
    expect([...of('green')].sort()).toEqual(['green', 'tea']);
    expect([...of('kettle')].sort()).toEqual(['green', 'kettl', 'tea']);
  });

  test('of equals has no margin', () => {
    expect(ask('mate', { limit: 1 })[0]!.evidence.margin).toBe(0);
  });

  test('tells how far ahead of what is not covered a document is, or behind it', () => {
    const of = (text: string, id: string) => ask(text).find((one) => one.id === id)!.evidence.aheadOfUncovered;
    expect(of('how long does coffee from a filter take, tea in mind', 'green')).toBeLessThan(0);
    expect(of('how long does green tea take', 'green')).toBeGreaterThan(0);
    expect(of('kettle', 'kettle')).toBe(1);
  });

  test('says how much of the question the candidate knows, the rarer words weighing more', () => {
    const half = ask('kettle zebra', { limit: 1 })[0]!.evidence.coverage;
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.5);
    expect(ask('kettle zebra giraffe', { limit: 1 })[0]!.evidence.coverage).toBeLessThan(half);
  });

  test('counts each word once', () => {
    expect(ask('kettle kettle kettle', { limit: 1 })[0]!.evidence.words).toBe(1);
  });

  test('has the closeness by sense only where there is one', () => {
    expect(ask('tea kettle')[0]!.evidence).toMatchObject({ sense: 0, senseClosest: 0 });
    const [best] = ask('tea kettle', { semantics: sense({ kettle: 0.4 }) });
    expect(best).toMatchObject({ id: 'kettle', evidence: { sense: 1, senseClosest: 0.4 } });
  });

  test('makes an own question surer than one with unknown words in it', () => {
    const sure = confidenceOf(ask('electric kettle or stove')[0]!.evidence, CONFIDENCE_WEIGHTS);
    const unsure = ask('electric kettle zebra crossing giraffe')[0]!.evidence;
    expect(sure).toBeGreaterThan(confidenceOf(unsure, CONFIDENCE_WEIGHTS));
  });
});

describe('entries that answer the same', () => {
  const [green, black] = ['green', 'black'].map((id) => sampleEntry(id, { title: 'How long does tea take?' })) as [
    Entry,
    Entry,
  ];
  const question = 'how many minutes does the tea take';

  function marginsOf(entries: readonly Entry[]) {
    const own = buildRank(compileRanking(writtenDocuments([...entries, ENTRIES[2]!], [], []), tokenise));
    const ranked = own({ text: question, tokens: tokenise(question), semantics: undefined }, EVEN_WEIGHTS, 10);
    expect(ranked.slice(0, 2).map(({ id }) => id)).toEqual(['green', 'black']);
    return ranked.map(({ evidence, score }) => ({ margin: evidence.margin, score }));
  }

  test('are in doubt where neither says so', () => {
    const [first, second] = marginsOf([green, black]);
    expect([first!.margin, second!.margin]).toEqual([0, 0]);
  });

  test.each([
    ['the first', [{ ...green, sameAnswerAs: ['black'] }, black]],
    ['the second', [green, { ...black, sameAnswerAs: ['green'] }]],
    [
      'each',
      [
        { ...green, sameAnswerAs: ['black'] },
        { ...black, sameAnswerAs: ['green'] },
      ],
    ],
  ])('are not in doubt because of each other where %s says so: the margin is to the next', (_who, entries) => {
    const [first, second, third] = marginsOf(entries);
    // Two that come out equal: for either the next is the third.
    for (const one of [first!, second!]) {
      expect(one.margin).toBeCloseTo(one.score - (third?.score ?? 0), 10);
      expect(one.margin).toBeGreaterThan(0.3);
    }
  });

  test('are in doubt all the same where another comes as near', () => {
    const other = { ...black, id: 'white' };
    expect(marginsOf([{ ...green, sameAnswerAs: ['black'] }, black, other])[0]!.margin).toBe(0);
  });

  test('may name an entry that is not there', () => {
    expect(marginsOf([{ ...green, sameAnswerAs: ['gone', 'green'] }, black])[0]!.margin).toBe(0);
  });
});

describe('whatever is asked', () => {
  const words = ['tea', 'green', 'black', 'kettle', 'coffee', 'mate', 'minutes', 'take', '80', 'zebra', '__proto__'];
  const question = fc.oneof(
    anyText(),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
  );
  const cosine = fc.double({ min: -1, max: 1, noNaN: true });
  const semantics = fc.option(fc.tuple(...documents.map(() => fc.record({ closest: cosine, pooled: cosine }))), {
    nil: undefined,
  });

  test('scores and shares are 0 to 1, for guides to 1.5; the very words are one more; order and ties are stable', () => {
    holds(
      fc.property(question, semantics, (text, closeness) => {
        const ranked = ask(text, closeness === undefined ? {} : { semantics: closeness });
        for (const { kind, score, evidence } of ranked) {
          // Where nothing but guides is found they are measured by each other.
          const most = kind === 'guide' ? 1.5 : 1;
          expect(score >= 0 && score <= most + (evidence.sameWords ? 1 : 0) + 1e-9).toBe(true);
          const { tokens, text: whole, grams, sense: bySense, coverage, closest, gramsClosest } = evidence;
          for (const part of [tokens, whole, grams, bySense]) expect(part >= 0 && part <= most + 1e-9).toBe(true);
          for (const part of [coverage, closest, gramsClosest]) expect(part >= 0 && part <= 1 + 1e-9).toBe(true);
        }
        ranked.slice(1).forEach((one, index) => {
          const before = ranked[index]!;
          expect(before.score).toBeGreaterThanOrEqual(one.score);
          if (before.score !== one.score) return;
          const place = (ranked_: Ranked) =>
            documents.findIndex(({ kind, id }) => kind === ranked_.kind && id === ranked_.id);
          expect(place(before)).toBeLessThan(place(one));
        });
        expect(ask(text, closeness === undefined ? {} : { semantics: closeness })).toEqual(ranked);
      }),
      { numRuns: 300 },
    );
  });
});
