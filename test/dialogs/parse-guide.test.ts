import fc from 'fast-check';
import { parseGuide } from '../../dialogs/parse-guide';
import { anyText } from '../support/any-text';
import { FULL_GUIDE_YAML, fullGuide } from '../support/full-guide';
import { TINY_GUIDE_FILE, TINY_GUIDE_YAML, tinyGuide } from '../support/tiny-guide';

type Replacements = readonly (readonly [from: string, to: string])[];

/** A guide with some text replaced; every text must be there, so that a test cannot go stale unnoticed. */
function changedIn(guide: string, replacements: Replacements): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`not in the guide: ${from}`);
    return text.replace(from, to);
  }, guide);
}

const changed = (...replacements: Replacements): string => changedIn(TINY_GUIDE_YAML, replacements);
const changedFull = (...replacements: Replacements): string => changedIn(FULL_GUIDE_YAML, replacements);

/** 1-based line on which `part`, of one line or several, starts. */
function lineWith(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`not in the text: ${part}`);
  return text.slice(0, at).split('\n').length;
}

function faultsOf(text: string): readonly { readonly file: string; readonly line: number; readonly message: string }[] {
  const result = parseGuide(text, TINY_GUIDE_FILE);
  return result.ok ? [] : result.faults;
}

describe('a good guide', () => {
  test('takes its id from the file name and keeps title, date and utterances', () => {
    expect(tinyGuide()).toMatchObject({
      id: 'which-bicycle',
      title: 'Which bicycle fits me?',
      start: { kind: 'question', id: 'ground' },
      utterances: ['which bike should I buy', 'help me choose a bicycle', 'what kind of bike do I need'],
      file: TINY_GUIDE_FILE,
    });
  });

  test('shows the choices of a question in the order of the file, “I don’t know” last', () => {
    const choices = tinyGuide().questions.get('ground')!.choices;
    expect(choices.map(({ id }) => id)).toEqual(['road', 'trail', 'both', 'unknown']);
    expect(choices.at(-1)).toMatchObject({ label: 'I don’t know', tip: 'Then let us assume roads.' });
  });

  test('needs neither tips nor synonyms nor anything ruled out', () => {
    const yes = tinyGuide().questions.get('jumps')!.choices[0]!;
    expect(yes).toMatchObject({ id: 'yes', tip: '', rulesOut: [] });
    expect(yes.synonyms).toContain('yep');
  });

  test('knows for every choice whether it leads to a question or to an outcome', () => {
    const { choices } = tinyGuide().questions.get('jumps')!;
    expect(choices.map(({ next }) => next)).toEqual([
      { kind: 'outcome', id: 'mountain-bike' },
      { kind: 'question', id: 'motor' },
      { kind: 'outcome', id: 'mountain-bike' },
    ]);
  });

  test('has another hash as soon as one letter differs', () => {
    const result = parseGuide(changed(['Where do you ride?', 'Where do you ride']), TINY_GUIDE_FILE);
    expect(result.ok && result.guide.hash).not.toBe(tinyGuide().hash);
  });
});

describe('a good guide with everything', () => {
  const guide = fullGuide();

  test('has questions of every kind', () => {
    expect([...guide.questions.values()].map(({ id, kind }) => `${id}: ${kind}`)).toEqual([
      'tents: one',
      'speed: one',
      'things: several',
      'camp-range: value',
      'village-ranges: value',
      'gate: value',
      'own-number: value',
      'village-number: value',
    ]);
  });

  test('may have several choices that exclude each other in a table', () => {
    // “None of these” and lamps together is no answer, so that no row need be for it.
    const rows = [
      '      - when: {things: {any: [lamps, cameras, sensors], none: [nothing]}}\n        next: camp-range',
      '      - when: {things: [unknown]}\n        next: camp-range',
    ];
    const only = ['{things: [nothing]}', '{things: {only: [nothing]}}'] as const;
    expect(faultsOf(changedFull(only, ['    otherwise: camp-range', rows.join('\n')]))).toEqual([]);
  });
});

describe('a bad guide is refused with file, line and reason', () => {
  const cases: readonly {
    readonly name: string;
    readonly text: string;
    /** A part of the line that is reported, and a part of the message. */
    readonly faults: readonly (readonly [line: string, message: string])[];
  }[] = [
    {
      name: 'a choice that leads nowhere',
      text: changed(['next: gravel-bike', 'next: gravel-byke']),
      faults: [
        [
          'gravel-byke',
          'the choice "both" leads to "gravel-byke", which is neither a question nor a decision nor an outcome',
        ],
      ],
    },
    {
      name: 'an “I don’t know” that leads nowhere',
      text: changed(['tip: Then let us assume roads.\n      next: distance', 'next: nowhere']),
      faults: [['nowhere', 'the "I don’t know" reply leads to "nowhere"']],
    },
    {
      name: 'a start that is no question',
      text: changed(['start: ground', 'start: city-bike']),
      faults: [['start:', '`start`: "city-bike" is not a question']],
    },
    {
      name: 'a start that every JavaScript object has',
      text: changed(['start: ground', 'start: toString']),
      faults: [['start:', '`start`: "toString" is not a question']],
    },
    {
      name: 'a target that every JavaScript object has',
      text: changed(['next: gravel-bike', 'next: constructor']),
      faults: [['constructor', 'the choice "both" leads to "constructor"']],
    },
    {
      name: 'questions that lead in a circle',
      text: changed(['next: mountain-bike', 'next: ground']),
      faults: [['ground:', 'these lead back to the first of them: ground → jumps → ground']],
    },
    {
      name: 'a question that leads to itself',
      text: changed(['next: electric-bike', 'next: motor'], ['next: touring-bike', 'next: electric-bike']),
      faults: [['  motor:', 'motor → motor']],
    },
    {
      name: 'a circle and, at the same time, an outcome nothing leads to',
      text: changed(['next: mountain-bike', 'next: ground'], ['next: gravel-bike', 'next: jumps']),
      faults: [
        ['ground:', 'ground → jumps → ground'],
        ['  gravel-bike:', 'no reply leads to the outcome "gravel-bike"'],
      ],
    },
    {
      name: 'an outcome nothing leads to',
      text: changed(['next: city-bike', 'next: motor']),
      faults: [['  city-bike:', 'no reply leads to the outcome "city-bike"']],
    },
    {
      name: 'a question nothing leads to, and what lies behind it',
      text: changed(['next: jumps', 'next: motor']),
      faults: [
        ['  jumps:', 'no reply leads to the question "jumps"'],
        ['  mountain-bike:', 'no reply leads to the outcome "mountain-bike"'],
      ],
    },
    {
      name: 'two choices with one label, whatever its signs and capitals',
      text: changed(['label: On forest trails', 'label: "ON roads!"']),
      faults: [['ON roads!', '"ON roads!" means "trail" and also "road" of the same question']],
    },
    {
      name: 'one synonym for two choices',
      text: changed(['[forest, mud, mountain]', '[forest, asphalt]']),
      faults: [['[forest, asphalt]', '"asphalt" means "trail" and also "road" of the same question']],
    },
    {
      name: 'a synonym that is another choice’s label',
      text: changed(['[both]', '[both, on roads]']),
      faults: [['[both, on roads]', '"on roads" means "both" and also "road"']],
    },
    {
      name: 'a synonym that means “I don’t know” everywhere',
      text: changed(['[both]', '[both, no idea]']),
      faults: [['[both, no idea]', '"no idea" means "both" and also "unknown"']],
    },
    {
      name: 'a label that is the question’s own “I don’t know”',
      text: changed(
        ['label: On forest trails', 'label: Cannot tell'],
        ['    unknown:\n      because', '    unknown:\n      label: Cannot tell\n      because'],
      ),
      faults: [['label: Cannot tell', '"Cannot tell" means "trail" and also "unknown"']],
    },
    {
      name: 'a synonym that everybody takes for the choice “no”',
      text: changed(['label: With a motor', 'label: Nope']),
      faults: [['label: Without a motor', '"nope" means "no" and also "yes"']],
    },
    {
      name: 'a synonym that is the number of another choice',
      text: changed(['[forest, mud, mountain]', '[forest, 1]']),
      faults: [['[forest, 1]', '"1" means "trail" and also "road"']],
    },
    {
      name: 'a label without letters and digits',
      text: changed(['label: On forest trails', 'label: "→"']),
      faults: [['label: "→"', '"→" has no letters or digits']],
    },
    {
      name: 'a question without its reason',
      text: changed(['    why: Tyres and frame differ.\n', '']),
      faults: [['ground:', '`questions.ground.why`: this field is missing']],
    },
    {
      name: 'a question without “I don’t know”',
      text: changed(['    unknown:\n      because: You may want to jump one day.\n      next: mountain-bike\n', '']),
      faults: [['  jumps:', '`questions.jumps.unknown`: this field is missing']],
    },
    {
      name: 'an “I don’t know” among the choices',
      text: changed(['      both:', '      unknown:']),
      faults: [['      unknown:', 'the "I don’t know" reply stands beside `choices`']],
    },
    {
      name: 'a question without choices',
      text: TINY_GUIDE_YAML.replace(/( {2}jumps:[\s\S]*? {4}choices:)[\s\S]*?( {4}unknown:)/, '$1 {}\n$2'),
      faults: [['  jumps:', 'the question "jumps" needs `choices`: or `asks`, where a value is to be typed']],
    },
    {
      name: 'a choice without a reason',
      text: changed(['        because: You ride everywhere.\n', '']),
      faults: [['both:', '`questions.ground.choices.both.because`: this field is missing']],
    },
    {
      name: 'an outcome without sources',
      text: changed(['cites: [how-far-does-a-battery-go, how-long-does-a-tyre-last]', 'cites: []']),
      faults: [['cites: []', 'an outcome must cite at least one FAQ entry']],
    },
    {
      name: 'an outcome without the field for sources',
      text: changed(['    cites: [how-far-does-a-battery-go, how-long-does-a-tyre-last]\n', '']),
      faults: [['  electric-bike:', '`outcomes.electric-bike.cites`: this field is missing']],
    },
    {
      name: 'an outcome without next steps',
      text: changed(['nextSteps: [Try one, Buy it]', 'nextSteps: []']),
      faults: [['  gravel-bike:', 'the outcome "gravel-bike" has neither `nextSteps` nor a `checklist`']],
    },
    {
      name: 'one id for a question and an outcome',
      text: changed(['  city-bike:', '  motor:'], ['next: city-bike', 'next: motor']),
      faults: [['  motor:\n    verdict', '"motor" is both a question and an outcome; rename one']],
    },
    {
      name: 'one id for a decision and a question',
      text: changedFull(['  room:\n', '  gate:\n']),
      faults: [['  gate:\n    check', '"gate" is both a question and a decision; rename one']],
    },
    {
      name: 'a choice without a way on',
      text: changed(['        next: gravel-bike\n', '']),
      faults: [['      both:', 'the choice "both" leads nowhere: `next` is missing']],
    },
    {
      name: 'an “I don’t know” without a way on',
      text: changed(['suspension.', 'springs.'], ['one day.\n      next: mountain-bike', 'one day.']),
      faults: [
        [
          '    unknown:\n      because: You may want to jump one day.',
          'the "I don’t know" reply leads nowhere: `next` is missing',
        ],
      ],
    },
    {
      name: 'a question with several choices that has no way on',
      text: changedFull(['    next: by-things\n', '']),
      faults: [
        ['  things:', 'the question "things" needs `next`: with several choices the way on is the same for all'],
      ],
    },
    {
      name: 'a way on at a question whose choices have their own',
      text: changed(['    why: Jumps', '    next: motor\n    why: Jumps']),
      faults: [['next: motor\n    why: Jumps', '`next` has no place here: each choice has its own']],
    },
    {
      name: 'a typed value without reason and example',
      text: changedFull(['    because: The camp has {value}.\n', ''], ['    example: 10.0.0.0/24\n', '']),
      faults: [
        ['  camp-range:', 'the question "camp-range" needs `because`: it asks for a typed value'],
        ['  camp-range:', 'the question "camp-range" needs `example`'],
      ],
    },
    {
      name: 'a typed value that is refused though it is no address',
      text: changedFull(['    asks: asn\n', '    asks: asn\n    refuse: [apipa]\n']),
      faults: [['refuse: [apipa]\n', '`refuse` has no place here: only an address can be refused for its kind']],
    },
    {
      name: 'a typed value beside several choices',
      text: changedFull(['    several: true\n', '    several: true\n    asks: asn\n']),
      faults: [['several: true', '`several` has no place here: the question asks for a typed value']],
    },
    {
      name: 'a unit where nothing is counted',
      text: changed(['    why: Jumps', '    unit: metres\n    why: Jumps']),
      faults: [['unit: metres', '`unit` has no place here: its choices do not stand for numbers']],
    },
    {
      name: 'more choices than fit on a card',
      text: changedFull([
        '      nothing:\n',
        `${Array.from(
          { length: 5 },
          (_, at) => `      more-${'abcde'[at]}: {label: More ${'abcde'[at]}, because: More.}\n`,
        ).join('')}      nothing:\n`,
      ]),
      faults: [['  things:', '9 choices are more than fit on a card; at most 8']],
    },
    {
      name: 'numbers that two choices stand for',
      text: changedFull(['{from: 11, to: 50}', '{from: 10, to: 50}']),
      faults: [['{from: 10, to: 50}', 'the number 10 means "few" and also "many"']],
    },
    {
      name: 'numbers without an upper end before others',
      text: changedFull(['{from: 11, to: 50}', '{from: 11}']),
      faults: [['{from: 51}', 'the number 51 means "many" and also "crowd"']],
    },
    {
      name: 'numbers that end before they begin',
      text: changedFull(['{from: 11, to: 50}', '{from: 50, to: 11}']),
      faults: [['{from: 50, to: 11}', 'the numbers of "many" end before they begin']],
    },
    {
      name: 'a synonym that is the letter of another choice which stands for numbers',
      text: changedFull(['[a whole field]', '[a whole field, a]']),
      faults: [['[a whole field, a]', '"a" means "many" and also "few" of the same question']],
    },
    {
      name: 'a question on which nothing depends',
      text: changed(['        next: electric-bike', '        next: touring-bike']),
      faults: [
        ['  motor:', 'nothing depends on the question "motor": leave it out, or use its answer'],
        ['  electric-bike:', 'no reply leads to the outcome "electric-bike"'],
      ],
    },
    {
      name: 'a typed value on which nothing depends',
      text: changedFull(
        ['    of: [gate, camp-range]', '    of: [village-ranges, camp-range]'],
        ['"{gate} does not lie', '"It does not lie'],
        ['Set the gate to {gate|its address}.', 'Set the gate.'],
        [
          '      because: The address of the gate is not known.\n      next: whole-network',
          '      because: It is not known.',
        ],
      ),
      faults: [['  gate:', 'nothing depends on the question "gate"']],
    },
    {
      name: 'a decision that is neither a table nor a check',
      text: changedFull(['    check: same\n', '']),
      faults: [['  numbers:\n', 'the decision "numbers" needs either `rows` or a `check` with `of` and `results`']],
    },
    {
      name: 'a row about a question that there is not',
      text: changedFull(['{things: [nothing]}', '{thinks: [nothing]}']),
      faults: [['{thinks: [nothing]}', '"thinks" is no question of this guide']],
    },
    {
      name: 'a row about an answer that there is not',
      text: changedFull(['{things: [nothing]}', '{things: [boats]}']),
      faults: [
        ['{things: [boats]}', '"boats" is no answer to "things"; answers: lamps, cameras, sensors, nothing, unknown'],
      ],
    },
    {
      name: 'a row about a choice of a typed value, which is known or not',
      text: changedFull(['{things: [nothing]}', '{camp-range: [small]}']),
      faults: [['{camp-range: [small]}', '"small" is no answer to "camp-range"; answers: known, unknown']],
    },
    {
      name: 'a combination of answers without a row',
      text: changedFull([
        '    otherwise: camp-range',
        '      - when: {things: [lamps, cameras]}\n        next: camp-range',
      ]),
      faults: [['  by-things:', 'no row is for tents: few, things: sensors; add one, or `otherwise`']],
    },
    {
      name: 'a table without a row for a question that is not asked on every way',
      text: changedFull([
        '    otherwise: camp-range',
        ['slow', 'fast', 'unknown'].map((id) => `      - when: {speed: [${id}]}\n        next: camp-range`).join('\n'),
      ]),
      faults: [['  by-things:', 'no row is for tents: few, speed: not asked, things: cameras; add one']],
    },
    {
      name: 'a check of too few values',
      text: changedFull(['of: [own-number, village-number]', 'of: [own-number]']),
      faults: [['of: [own-number]', 'the check "same" needs 2 questions in `of`, not 1']],
    },
    {
      name: 'a check of too few values where there may be many',
      text: changedFull(['of: [camp-range, village-ranges]', 'of: [camp-range]']),
      faults: [
        [
          'of: [camp-range]\n    results:\n      overlap',
          'the check "overlap" needs at least 2 questions in `of`, not 1',
        ],
      ],
    },
    {
      name: 'a check of a value that it cannot take',
      text: changedFull(['of: [own-number, village-number]', 'of: [own-number, camp-range]']),
      faults: [['of: [own-number, camp-range]', '"camp-range" asks for range; the check "same" takes asn, address']],
    },
    {
      name: 'a check of a question with choices',
      text: changedFull(['of: [own-number, village-number]', 'of: [own-number, tents]']),
      faults: [['of: [own-number, tents]', '"tents" is no question that asks for a value']],
    },
    {
      name: 'a check without a way on for a result',
      text: changedFull(['      different: {next: two-numbers, because: The two AS numbers differ.}\n', '']),
      faults: [['  numbers:\n', 'the check "numbers" has no way on for the result "different"']],
    },
    {
      name: 'a check with a result that there is not',
      text: changedFull(['      different: {', '      other: {']),
      faults: [
        ['  numbers:\n', 'the check "numbers" has no way on for the result "different"'],
        ['      other: {', '"other" is no result of the check "same"; results: same, different, unknown'],
      ],
    },
    {
      name: 'a check that nobody knows',
      text: changedFull(['check: same', 'check: equal']),
      faults: [['check: equal', 'is none of overlap, relation, subnet-size, same']],
    },
    {
      name: 'a result that leads nowhere',
      text: changedFull(['      apart: gate\n', '      apart: gates\n']),
      faults: [['apart: gates', 'the result "apart" leads to "gates", which is neither']],
    },
    {
      name: 'an `otherwise` that leads nowhere',
      text: changedFull(['otherwise: camp-range', 'otherwise: camp-site']),
      faults: [['otherwise: camp-site', '`otherwise` leads to "camp-site", which is neither']],
    },
    {
      name: 'a placeholder for a question that there is not',
      text: changedFull(['Move the gate.', 'Move {fence}.']),
      faults: [['Move {fence}.', '{fence}: is no question of this guide']],
    },
    {
      name: 'a placeholder for what is not asked on every way',
      text: changedFull(['It is large enough.', 'The line is {speed}.']),
      faults: [['The line is {speed}.', '{speed}: not known on every way to here; write {speed|words']],
    },
    {
      name: 'a placeholder for what may be unknown',
      text: changedFull(['{own-number|without a number}', '{own-number}']),
      faults: [['Camp {own-number}', '{own-number}: not known on every way to here']],
    },
    {
      name: 'a placeholder in a question before the answer is there',
      text: changedFull(['How many tents are there?', 'How many tents are in {camp-range}?']),
      faults: [['in {camp-range}?', '{camp-range}: not known on every way to here']],
    },
    {
      name: 'a placeholder for a figure that a check has not',
      text: changedFull(['{room.addresses} addresses do not do', '{room.places} addresses do not do']),
      faults: [['{room.places}', '{room.places}: the check has prefix, addresses']],
    },
    {
      name: 'a placeholder for a figure of no check',
      text: changedFull(['{room.addresses} addresses do not do', '{by-things.addresses} addresses do not do']),
      faults: [['{by-things.addresses}', '{by-things.addresses}: is no check of this guide']],
    },
    {
      name: 'a placeholder for a figure of a check that was made on another way',
      text: changedFull(['Move the gate.', 'Move the gate from {numbers.value}.']),
      faults: [['Move the gate from', '{numbers.value}: not known on every way to here']],
    },
    {
      name: 'a field that nobody knows',
      text: changed(['    why: Jumps need suspension.', '    why: Jumps need suspension.\n    hint: Look down']),
      faults: [['hint: Look down', '`questions.jumps.hint`: not a field that is known here']],
    },
    {
      name: 'a misspelt field at the top',
      text: changed(['start: ground', 'begin: ground']),
      faults: [
        ['title:', '`start`: this field is missing'],
        ['begin:', '`begin`: not a field that is known here'],
      ],
    },
    {
      name: 'a date that is none',
      text: changed(['2019-05-14', 'May 2019']),
      faults: [['asOf:', '`asOf`: "May 2019" is not a date such as 2019-05-14']],
    },
    {
      name: 'fewer than three utterances',
      text: changed(['  - help me choose a bicycle\n', '']),
      faults: [['utterances:', 'at least 3 utterances are needed']],
    },
    {
      name: 'an id that starts with a digit, because JavaScript would reorder it',
      text: changed(['      both:', '      3:']),
      faults: [['      3:', 'an id starts with a letter']],
    },
    {
      name: 'YAML that is none',
      text: changed(['start: ground', 'start: [ground']),
      faults: [['questions:', 'not valid YAML']],
    },
    {
      name: 'a key that stands there twice',
      text: changed(['start: ground', 'start: ground\nstart: motor']),
      faults: [['start: motor', 'not valid YAML: Map keys must be unique']],
    },
    { name: 'an empty file', text: '', faults: [['', 'fields such as `name: value` are needed']] },
    { name: 'a list instead of a guide', text: '- a\n- b', faults: [['- a', '']] },
  ];

  test.each(cases)('$name', ({ text, faults }) => {
    const found = faultsOf(text);
    for (const [part, message] of faults) {
      expect(found).toContainEqual({
        file: TINY_GUIDE_FILE,
        line: lineWith(text, part),
        message: expect.stringContaining(message),
      });
    }
  });

  test('two faults of one kind and one of another come back together', () => {
    const text = changed(
      ['start: ground', 'start: earth'],
      ['next: gravel-bike', 'next: moon-bike'],
      ['[forest, mud, mountain]', '[asphalt]'],
    );
    expect(faultsOf(text).map(({ line }) => line)).toEqual(
      ['start: earth', '[asphalt]', 'moon-bike'].map((part) => lineWith(text, part)),
    );
  });

  test('faults of fields and faults of the graph come back together', () => {
    const text = changed(
      ['    why: Tyres and frame differ.\n', ''],
      ['next: gravel-bike', 'next: moon-bike'],
      ['next: city-bike', 'next: motor'],
      ['cites: [how-far-does-a-battery-go, how-long-does-a-tyre-last]', 'cites: []'],
    );
    expect(faultsOf(text).map(({ line, message }) => [line, message])).toEqual([
      [lineWith(text, 'ground:\n'), '`questions.ground.why`: this field is missing'],
      [lineWith(text, 'moon-bike'), expect.stringContaining('leads to "moon-bike"')],
      [lineWith(text, '  gravel-bike:'), 'no reply leads to the outcome "gravel-bike"'],
      [lineWith(text, '  city-bike:'), 'no reply leads to the outcome "city-bike"'],
      [lineWith(text, 'cites: []'), expect.stringContaining('an outcome must cite at least one FAQ entry')],
    ]);
  });

  test('every missing field comes back at once', () => {
    expect(faultsOf('title: x').length).toBe(6);
  });
});

describe('whatever the text', () => {
  test('parsing any text never throws, and a refusal always says why', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(300), fc.json()), (text) => {
        const result = parseGuide(text, 'any.yaml');
        expect(result.ok || result.faults.length > 0).toBe(true);
      }),
    );
  });

  test('a guide in which lines were lost or doubled is accepted or refused with lines inside the file', () => {
    const lines = TINY_GUIDE_YAML.split('\n');
    const index = fc.integer({ min: 0, max: lines.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.record({ at: index, from: index, keep: fc.boolean() }), { maxLength: 4 }), (edits) => {
        const edited = [...lines];
        for (const { at, from, keep } of edits) edited.splice(at, keep ? 0 : 1, ...(keep ? [lines[from]!] : []));
        for (const { line } of faultsOf(edited.join('\n'))) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(edited.length + 1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
