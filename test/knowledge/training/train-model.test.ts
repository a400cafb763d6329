import { buildRank, compileRanking, writtenDocuments } from '../../../knowledge/rank';
import { buildTokenise } from '../../../knowledge/tokenise';
import { type TrainingQuestion, trainModel } from '../../../knowledge/training/train-model';
import { sampleEntry } from '../../support/sample-entry';

const SUBJECTS = ['tea', 'milk', 'juice'];
const ASKED = ['hot', 'dear', 'sweet'];
const tokenise = buildTokenise([]);
const ENTRIES = SUBJECTS.flatMap((subject) =>
  ASKED.map((how) =>
    sampleEntry(`${how}-${subject}`, {
      title: `How ${how} is ${subject}?`,
      phrasings: [`${subject} ${how}`, `${how} ${subject} cup`],
      source: { file: 'drinks.md', heading: `How ${how} is ${subject}?` },
      body: `About as ${how} as one likes ${subject}.`,
    }),
  ),
);
const UNCOVERED = [{ topic: 'coffee', utterances: ['hot coffee', 'coffee beans', 'espresso coffee'] }];
const documents = writtenDocuments(ENTRIES, [], UNCOVERED);
const rank = buildRank(compileRanking(documents, tokenise));

function question(kind: TrainingQuestion['kind'], text: string, right?: string, sense?: string): TrainingQuestion {
  const semantics = sense === undefined ? undefined : documents.map(({ id }) => closeness(id === sense));
  return {
    kind,
    weigh: rank.gather({ text, tokens: tokenise(text), semantics }),
    bySense: semantics !== undefined,
    right: new Set(right === undefined ? [] : [`entry:${right}`]),
  };
}

function closeness(isClose: boolean) {
  const cosine = isClose ? 0.9 : 0.1;
  return { closest: cosine, pooled: cosine };
}

/** Some questions; by sense each is found, where `sense` says so. */
function questions(sense: boolean): TrainingQuestion[] {
  const answerable = SUBJECTS.flatMap((subject) =>
    ASKED.flatMap((how) => {
      const right = `${how}-${subject}`;
      const meant = sense ? right : undefined;
      return [
        question('answerable', `tell me whether ${subject} becomes rather ${how} tonight`, right, meant),
        question('answerable', `my ${subject} today`, right, meant),
      ];
    }),
  );
  const others = ['weather tomorrow', 'football results', 'train tickets'];
  return [
    ...answerable,
    ...others.map((text) => question('off', text, undefined, sense ? 'none' : undefined)),
    ...['coffee price', 'espresso cup'].map((text) => question('near', text, undefined, sense ? 'none' : undefined)),
  ];
}

describe('trainModel', () => {
  const lexical = trainModel(questions(false));
  const semantic = trainModel(questions(true));

  test('gives shares of the evidence, and no weight to a sense that is not there', () => {
    for (const { model } of [lexical, semantic]) {
      const shares = Object.values(model.ranking);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
      expect(shares.every((share) => share >= 0)).toBe(true);
    }
    expect([lexical.model.ranking.sense, lexical.model.confidence.senseClosest]).toEqual([0, 0]);
  });

  test('relies on sense where that is right and words are not enough', () => {
    expect(semantic.model.ranking.sense).toBeGreaterThan(0.2);
    expect(semantic.figures.top1).toBeGreaterThan(lexical.figures.top1 + 0.2);
    expect(semantic.figures.top1).toBeGreaterThan(0.9);
  });

  test('keeps wrong answers within its limits on questions that it has not seen', () => {
    for (const { model, figures } of [lexical, semantic]) {
      expect(figures.questions).toBe(questions(false).length);
      expect(model.thresholds.offerAt).toBeLessThanOrEqual(model.thresholds.answerAt);
      if (model.thresholds.answerAt < 0.95) {
        expect(figures.wrongConfident).toBeLessThanOrEqual(0.06);
        expect(figures.nearAnswered).toBeLessThanOrEqual(0.15);
        expect(figures.offAnswered).toBeLessThanOrEqual(0.02);
      }
    }
    expect(semantic.figures.rightOutright).toBeGreaterThan(0.5);
  });

  test('figures are shares, and right outright is no more than right', () => {
    for (const { figures } of [lexical, semantic]) {
      const { questions: _, ...shares } = figures;
      for (const share of Object.values(shares)) expect(share >= 0 && share <= 1).toBe(true);
      expect(figures.top1).toBeLessThanOrEqual(figures.top3);
      expect(figures.rightOutright).toBeLessThanOrEqual(figures.top1);
    }
  });

  test('the same questions give the same model, in numbers that are short enough to read', () => {
    expect(trainModel(questions(true))).toEqual(semantic);
    const { ranking, confidence } = semantic.model;
    for (const number of [...Object.values(ranking), ...Object.values(confidence)]) {
      expect(number).toBe(Number(number.toFixed(4)));
    }
  });
});
