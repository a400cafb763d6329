import fc from 'fast-check';
import type { Guide } from '../../dialogs/guide';
import type { Answer, GuideState } from '../../dialogs/guide-state';
import { beginGuide, factsOf, type GuideEvent, type Position, positionOf, step } from '../../dialogs/walk';
import { fullGuide } from '../support/full-guide';
import { STRANGE_IDS } from '../support/random-guide';
import { tinyGuide } from '../support/tiny-guide';

const guide = tinyGuide();
const camp = fullGuide();
type Given = readonly (readonly [question: string, answer: Answer])[];

function answer(question: string, given: Answer): GuideEvent {
  return { kind: 'answer', question, answer: given };
}

function walk(of: Guide, ...answers: Given): GuideState {
  return answers.reduce<GuideState>((state, [question, given]) => {
    const moved = step(of, state, answer(question, given));
    expect({ question, kind: moved.kind }).toEqual({ question, kind: 'moved' });
    return moved.state;
  }, beginGuide(of));
}

function endOf(position: Position): string {
  if (position.kind === 'question') return `${position.question.id}?`;
  return position.kind === 'outcome' ? position.outcome.id : `guide:${position.guide}`;
}

function wayOf(state: GuideState, of: Guide = guide): string[] {
  const position = positionOf(of, state);
  return [...position.path.map(({ question, answer: given }) => `${question.id}=${given}`), endOf(position)];
}

const becauses = (state: GuideState, of: Guide): string[] =>
  positionOf(of, state)
    .grounds.map(({ because }) => because)
    .filter((because) => because !== '');

describe('a walk through the tiny guide', () => {
  test('begins at the first question, step 1 of about 3', () => {
    expect(positionOf(guide, beginGuide(guide))).toMatchObject({
      kind: 'question',
      question: { id: 'ground' },
      step: 1,
      ofAbout: 3,
      path: [],
    });
  });

  test('ends in an outcome, with the way taken', () => {
    const state = walk(guide, ['ground', 'trail'], ['jumps', 'no'], ['motor', 'yes']);
    expect(wayOf(state)).toEqual(['ground=trail', 'jumps=no', 'motor=yes', 'electric-bike']);
  });

  test('back reopens the last question and keeps the earlier answers', () => {
    const moved = step(guide, walk(guide, ['ground', 'road'], ['distance', 'yes']), { kind: 'back' });
    expect(moved.kind).toBe('moved');
    expect(wayOf(moved.state)).toEqual(['ground=road', 'distance?']);
  });

  test('back works from the outcome too', () => {
    const moved = step(guide, walk(guide, ['ground', 'both']), { kind: 'back' });
    expect(wayOf(moved.state)).toEqual(['ground?']);
  });

  test('back before the first answer is stale', () => {
    expect(step(guide, beginGuide(guide), { kind: 'back' })).toEqual({ kind: 'stale', state: beginGuide(guide) });
  });

  test('answers of an abandoned branch do not count, and count again when their question is asked again', () => {
    const onRoad = walk(guide, ['ground', 'road'], ['distance', 'yes'], ['motor', 'yes']);
    const onTrail = step(guide, onRoad, answer('ground', 'trail')).state;
    expect(wayOf(onTrail)).toEqual(['ground=trail', 'jumps?']);
    expect(becauses(onTrail, guide)).toEqual(['You ride on trails.']);
    expect(wayOf(step(guide, onTrail, answer('jumps', 'no')).state)).toEqual([
      'ground=trail',
      'jumps=no',
      'motor=yes',
      'electric-bike',
    ]);
  });

  test('a changed answer opens its question; the later answers stay', () => {
    const opened = step(guide, walk(guide, ['ground', 'road'], ['distance', 'yes'], ['motor', 'no']), {
      kind: 'change',
      question: 'distance',
    });
    expect(wayOf(opened.state)).toEqual(['ground=road', 'distance?']);
    expect(wayOf(step(guide, opened.state, answer('distance', 'unknown')).state).at(-1)).toBe('touring-bike');
  });

  test('an older button of the way replaces its answer without asking', () => {
    const state = step(guide, walk(guide, ['ground', 'road'], ['distance', 'yes']), answer('distance', 'no')).state;
    expect(wayOf(state)).toEqual(['ground=road', 'distance=no', 'city-bike']);
  });

  test.each([
    ['a button of a branch that was not taken', answer('jumps', 'yes')],
    ['a question that is still to come', answer('motor', 'yes')],
    ['a choice that the question has not', answer('distance', 'sometimes')],
    ['several choices where one is wanted', answer('distance', ['yes', 'no'])],
    ['a question that the guide has not', answer('colour', 'red')],
    ['changing an answer that was not given', { kind: 'change', question: 'motor' } as const],
    ['picking where only one choice can be made', { kind: 'pick', question: 'distance', choice: 'yes' } as const],
    ['being done where nothing is picked', { kind: 'done', question: 'distance' } as const],
    ['taking back what was not assumed', { kind: 'take-back' } as const],
    ['ticking off before the outcome', { kind: 'tick', item: 'cable' } as const],
    ['an id that every object has', answer('__proto__', 'constructor')],
  ])('%s is stale and changes no answer', (_, event) => {
    const state = walk(guide, ['ground', 'road']);
    expect(step(guide, state, event)).toEqual({ kind: 'stale', state });
  });

  test('start over forgets every answer', () => {
    const moved = step(guide, walk(guide, ['ground', 'road'], ['distance', 'yes']), { kind: 'start-over' });
    expect(moved).toEqual({ kind: 'moved', state: beginGuide(guide) });
  });

  test('after a change of the guide the walk is replayed with the answers that it still knows', () => {
    const answers = { ground: 'road', distance: 'quite-far', motor: 'yes', colour: 'red' };
    const older: GuideState = { ...beginGuide(guide), hash: 'older', answers };
    expect(wayOf(older)).toEqual(['ground=road', 'distance?']);
    const moved = step(guide, older, answer('distance', 'yes'));
    expect(moved.state.hash).toBe(guide.hash);
    expect(wayOf(moved.state).at(-1)).toBe('electric-bike');
  });

  test('answers that came through JSON under the name __proto__ do no harm', () => {
    const answers = JSON.parse('{"__proto__": "road", "constructor": "x", "ground": "road"}') as GuideState['answers'];
    const state: GuideState = { ...beginGuide(guide), answers };
    expect(wayOf(state)).toEqual(['ground=road', 'distance?']);
    expect(wayOf(step(guide, state, { kind: 'back' }).state)).toEqual(['ground?']);
  });
});

describe('several choices', () => {
  const at = walk(camp, ['tents', 'many']);
  const pick = (state: GuideState, choice: string): GuideState =>
    step(camp, state, { kind: 'pick', question: 'things', choice }).state;

  test('are picked one after another, and count once they are done', () => {
    const picked = pick(pick(at, 'sensors'), 'lamps');
    expect(picked.picked).toEqual(['sensors', 'lamps']);
    expect(wayOf(picked, camp)).toEqual(['tents=many', 'things?']);
    const done = step(camp, picked, { kind: 'done', question: 'things' });
    expect(wayOf(done.state, camp)).toEqual(['tents=many', 'things=lamps,sensors', 'camp-range?']);
    expect(done.state.picked).toEqual([]);
  });

  test('can be taken away again', () => {
    const moved = step(camp, pick(at, 'lamps'), { kind: 'unpick', question: 'things', choice: 'lamps' });
    expect(moved.state.picked).toEqual([]);
  });

  test('make way for one that stands alone, and it for them', () => {
    expect(pick(pick(at, 'lamps'), 'nothing').picked).toEqual(['nothing']);
    expect(pick(pick(at, 'nothing'), 'lamps').picked).toEqual(['lamps']);
  });

  test('are all forgotten for “I don’t know”, which is done at once', () => {
    expect(wayOf(pick(pick(at, 'lamps'), 'unknown'), camp)).toEqual(['tents=many', 'things=unknown', 'camp-range?']);
  });

  test('need at least one to be done', () => {
    expect(step(camp, at, { kind: 'done', question: 'things' })).toEqual({ kind: 'stale', state: at });
  });

  test.each([
    ['one that stands alone with another', ['nothing', 'lamps']],
    ['none', []],
    ['one that there is not', ['lamps', 'boats']],
  ])('cannot be %s', (_, given) => {
    expect(step(camp, at, answer('things', given)).kind).toBe('stale');
  });
});

describe('decisions on the way', () => {
  test('a table leads on without a question, and its reason counts', () => {
    const state = walk(camp, ['tents', 'few'], ['things', ['lamps']]);
    expect(wayOf(state, camp).at(-1)).toBe('guide:which-bicycle');
    expect(becauses(state, camp)).toEqual([
      'The camp is small.',
      'There are lamps.',
      'A few lamps can run on a dynamo.',
    ]);
    expect(positionOf(camp, state).grounds.flatMap(({ rulesOut }) => rulesOut.map(({ what }) => what))).toEqual([
      'A network',
    ]);
  });

  test('a check compares typed values, and gives texts its figures', () => {
    const state = walk(
      camp,
      ['tents', 'many'],
      ['things', ['lamps']],
      ['camp-range', '10.0.0.0/24'],
      ['village-ranges', '10.1.0.0/24, 10.0.0.0/16'],
    );
    const position = positionOf(camp, state);
    expect(endOf(position)).toBe('ranges-overlap');
    expect(Object.fromEntries(position.values)).toMatchObject({
      things: 'Lamps',
      'camp-range': '10.0.0.0/24',
      'apart.first': '10.0.0.0/24',
      'apart.second': '10.0.0.0/16',
    });
  });

  test('what a check does not find is no figure', () => {
    const state = walk(camp, ['tents', 'many'], ['things', 'unknown'], ['camp-range', '10.0.0.0/24']);
    expect([...positionOf(camp, state).values.keys()]).toEqual([
      'tents',
      'camp-range',
      'room.prefix',
      'room.addresses',
    ]);
  });

  test.each([
    ['with bits of a host', '10.0.0.5/24'],
    ['that is none', 'the usual one'],
    ['not in its normal form', '10.0.0.0 /24'],
  ])('a typed value %s is no answer', (_, given) => {
    const at = walk(camp, ['tents', 'many'], ['things', ['lamps']]);
    expect(step(camp, at, answer('camp-range', given)).kind).toBe('stale');
  });
});

describe('what was known before', () => {
  const opening = { answers: { tents: 'many', 'camp-range': '10.0.0.0/24' }, facts: { tents: '20', weather: 'rain' } };
  const begun = beginGuide(camp, opening);

  test('is not asked again, and is marked as assumed', () => {
    const { path } = positionOf(camp, begun);
    expect(path.map(({ question, assumed }) => [question.id, assumed])).toEqual([['tents', true]]);
    const asked = positionOf(camp, begun);
    expect(asked).toMatchObject({ kind: 'question', question: { id: 'things' }, step: 1 });
  });

  test('counts as given once it is answered', () => {
    const state = step(camp, begun, answer('tents', 'few')).state;
    expect(state.assumed).toEqual(['camp-range']);
    expect(wayOf(state, camp)).toEqual(['tents=few', 'things?']);
  });

  test('can be taken back all at once, given answers stay', () => {
    const state = step(camp, step(camp, begun, answer('things', ['lamps'])).state, { kind: 'take-back' }).state;
    expect(state).toMatchObject({ answers: { things: ['lamps'] }, assumed: [], facts: {} });
    expect(wayOf(state, camp)).toEqual(['tents?']);
  });

  test('is forgotten with the answer that is changed, and so is the fact it came from', () => {
    const state = step(camp, begun, { kind: 'change', question: 'tents' }).state;
    expect(state.facts).toEqual({ weather: 'rain' });
    expect(wayOf(state, camp)).toEqual(['tents?']);
  });

  test('is forgotten by starting over', () => {
    expect(step(camp, begun, { kind: 'start-over' }).state).toEqual(beginGuide(camp));
  });

  test('back from the first question of a guide that was handed over to returns to the other as it was left', () => {
    const from = walk(camp, ['tents', 'few'], ['things', ['lamps']]);
    const state = beginGuide(guide, { answers: {}, facts: {}, from });
    expect(step(guide, state, { kind: 'back' })).toEqual({ kind: 'returned', state: from });
    const further = step(guide, state, answer('ground', 'road')).state;
    expect(step(guide, further, { kind: 'back' })).toEqual({ kind: 'moved', state });
  });
});

describe('the shared facts that are known', () => {
  test('are those of the choices and values on the way', () => {
    const state = walk(camp, ['tents', 'many'], ['things', ['lamps', 'cameras']], ['camp-range', '10.0.0.0/24']);
    expect(factsOf(camp, state)).toEqual({ things: ['lamps', 'cameras'], 'camp-range': '10.0.0.0/24' });
  });

  test('keep the number that a span was assumed from, until the span is chosen', () => {
    const state = beginGuide(camp, { answers: { tents: 'many' }, facts: { tents: '20' } });
    expect(factsOf(camp, state)).toEqual({ tents: '20' });
    expect(factsOf(camp, step(camp, state, answer('tents', 'crowd')).state)).toEqual({});
  });

  test('hold what was said before where the guide does not ask, and not where it was answered otherwise', () => {
    const state = beginGuide(camp, { answers: {}, facts: { weather: 'rain', things: ['lamps'] } });
    const answered = step(camp, step(camp, state, answer('tents', 'few')).state, answer('things', ['cameras'])).state;
    expect(factsOf(camp, answered)).toEqual({ weather: 'rain', things: ['cameras'] });
  });

  test('do not hold what an abandoned branch said', () => {
    const state = walk(camp, ['tents', 'many'], ['things', ['lamps']], ['camp-range', '10.0.0.0/24']);
    expect(factsOf(camp, step(camp, state, answer('things', ['nothing'])).state)).toEqual({});
  });
});

describe('a checklist', () => {
  const end = walk(
    camp,
    ['tents', 'many'],
    ['things', ['lamps']],
    ['camp-range', '10.0.0.0/24'],
    ['village-ranges', 'unknown'],
    ['gate', 'unknown'],
  );
  const tick = (state: GuideState, item: string): GuideState => step(camp, state, { kind: 'tick', item }).state;

  test('is ticked off in any order, each thing once', () => {
    expect(tick(tick(tick(end, 'test'), 'cable'), 'test').ticked).toEqual(['cable', 'test']);
  });

  test('can be unticked', () => {
    expect(step(camp, tick(end, 'test'), { kind: 'untick', item: 'test' }).state.ticked).toEqual([]);
  });

  test('has no other things', () => {
    expect(step(camp, end, { kind: 'tick', item: 'toString' })).toEqual({ kind: 'stale', state: end });
  });
});

test('no event with strange ids throws', () => {
  const ids = fc.oneof(fc.constantFrom(...STRANGE_IDS), fc.string());
  const events: fc.Arbitrary<GuideEvent> = fc.oneof(
    fc.record({ kind: fc.constant('answer' as const), question: ids, answer: fc.oneof(ids, fc.array(ids)) }),
    fc.record({ kind: fc.constantFrom('pick' as const, 'unpick' as const), question: ids, choice: ids }),
    fc.record({ kind: fc.constantFrom('change' as const, 'done' as const), question: ids }),
    fc.record({ kind: fc.constantFrom('tick' as const, 'untick' as const), item: ids }),
  );
  fc.assert(
    fc.property(fc.constantFrom(guide, camp), events, (of, event) => {
      const state = beginGuide(of);
      expect(step(of, state, event)).toEqual({ kind: 'stale', state });
    }),
  );
});
