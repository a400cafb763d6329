import fc from 'fast-check';
import { parseGuide } from '../../dialogs/parse-guide';
import { TINY_GUIDE_FILE, TINY_GUIDE_YAML, tinyGuide } from '../support/tiny-guide';

/** The tiny guide with some text replaced; every text must be there, so that a test cannot go stale unnoticed. */
function changed(...replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`not in the tiny guide: ${from}`);
    return text.replace(from, to);
  }, TINY_GUIDE_YAML);
}

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
      asOf: '2019-05-14',
      start: 'ground',
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
      faults: [['gravel-byke', 'the choice "both" leads to "gravel-byke", which is neither a question nor an outcome']],
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
      faults: [['ground:', 'these questions lead back to the first of them: ground → jumps → ground']],
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
      faults: [['choices: {}', 'at least one choice is needed']],
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
      faults: [['nextSteps: []', 'at least one next step is needed']],
    },
    {
      name: 'one id for a question and an outcome',
      text: changed(['  city-bike:', '  motor:'], ['next: city-bike', 'next: motor']),
      faults: [['  motor:\n    verdict', '"motor" is both a question and an outcome; rename one']],
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
      ['start: earth', 'moon-bike', '[asphalt]'].map((part) => lineWith(text, part)),
    );
  });

  test('every missing field comes back at once', () => {
    expect(faultsOf('title: x').length).toBe(6);
  });
});

describe('whatever the text', () => {
  test('parsing any text never throws, and a refusal always says why', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json()), (text) => {
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
