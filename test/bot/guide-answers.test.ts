import { phrases } from '../../bot/phrases';
import { labelsOf, outcomeOf, questionOf, textOf } from '../support/conversation';
import { tourTalk } from '../support/tour-talk';

const packing = (texts: readonly string[] = []) => tourTalk(['plan a tour', 'mine', '5', ...texts]);
const picksOf = ({ memory }: Awaited<ReturnType<typeof packing>>) => memory?.guide?.picked;
const packed = ({ memory }: Awaited<ReturnType<typeof packing>>) => memory?.guide?.answers.baggage;

describe('a question with several choices', () => {
  test('is answered by buttons: pick, unpick, “that’s all”', async () => {
    const talk = await packing();
    expect(labelsOf(await talk.click('A tent'))).toContain(phrases.thatsAll);
    await talk.click('Warm clothes');
    expect(picksOf(talk)).toEqual(['tent', 'clothes']);
    const shown = questionOf(await talk.click('A tent'));
    expect(shown.choices.filter(({ picked }) => picked).map(({ label }) => label)).toEqual(['Warm clothes']);
    await talk.click('A stove');
    expect(outcomeOf(await talk.click(phrases.thatsAll)).verdict).toBe('Take panniers');
    expect(packed(talk)).toEqual(['stove', 'clothes']);
    expect(picksOf(talk)).toEqual([]);
  });

  test('has no “that’s all” while nothing is picked', async () => {
    const talk = await packing();
    await talk.click('A tent');
    expect(labelsOf(await talk.click('A tent'))).not.toContain(phrases.thatsAll);
    expect(questionOf(await talk.type('done')).text).toBe('What do you take along?');
  });

  test('keeps no choice beside one that excludes the others', async () => {
    const talk = await packing();
    await talk.click('A tent');
    await talk.click('Nothing of these');
    expect(picksOf(talk)).toEqual(['nothing']);
    await talk.click('A stove');
    expect(picksOf(talk)).toEqual(['stove']);
  });

  test('is answered at once by “I don’t know”, whatever is picked', async () => {
    const talk = await packing();
    await talk.click('A tent');
    await talk.click('I don’t know');
    expect(packed(talk)).toBe('unknown');
  });

  test.each([
    ['1 and 3', ['tent', 'clothes']],
    ['1, 3', ['tent', 'clothes']],
    ['numbers 3 and 1', ['tent', 'clothes']],
    ['a c', ['tent', 'clothes']],
    ['tent and stove', ['tent', 'stove']],
    ['a cooker, and warm clothes', ['stove', 'clothes']],
    ['all', ['tent', 'stove', 'clothes']],
    ['all of them', ['tent', 'stove', 'clothes']],
    ['nothing of these', ['nothing']],
    ['4', ['nothing']],
    ['5', 'unknown'],
    ['no idea', 'unknown'],
  ])('is answered by typing “%s”', async (text, answer) => {
    const talk = await packing([text]);
    expect(packed(talk)).toEqual(answer);
  });

  test.each([
    '2',
    'the second one',
  ])('has a choice picked by typing its place, “%s”, as by its button', async (text) => {
    const talk = await packing([text]);
    expect(packed(talk)).toBeUndefined();
    await talk.type('that’s all');
    expect(packed(talk)).toEqual(['stove']);
  });

  test.each([
    '1 and 4',
    'a tent and nothing of these',
    '1 and 7',
  ])('does not take “%s”, which cannot be together', async (text) => {
    const talk = await packing([text]);
    expect(packed(talk)).toBeUndefined();
  });

  test.each([
    'done',
    'that’s all',
    'that is all',
    'next',
    'go on',
  ])('is left with what is picked by typing “%s”', async (text) => {
    const talk = await packing();
    await talk.click('A tent');
    expect(outcomeOf(await talk.type(text)).verdict).toBe('Take panniers');
    expect(packed(talk)).toEqual(['tent']);
  });

  test('counts what was picked with what is typed after it', async () => {
    const talk = await packing();
    await talk.click('A tent');
    expect(outcomeOf(await talk.type('a stove')).verdict).toBe('Take a trailer');
  });

  test('keeps what is picked while something else is asked', async () => {
    const talk = await packing();
    await talk.click('A tent');
    const result = await talk.type('how far does a battery go?');
    expect(questionOf(result).lead).toBe(phrases.backToGuide(3, 3));
    expect(picksOf(talk)).toEqual(['tent']);
    await talk.click(phrases.thatsAll);
    expect(packed(talk)).toEqual(['tent']);
  });
});

describe('a question for a number', () => {
  const riding = (texts: readonly string[] = []) => tourTalk(['plan a tour', 'mine', ...texts]);

  test.each([
    ['1', 'one'],
    ['3', 'week'],
    ['about 5 days', 'week'],
    ['seven', 'week'],
    ['B', 'week'],
    ['b please', 'week'],
    ['option 2', 'week'],
    ['the second one', 'week'],
    ['up to a week', 'week'],
    ['D', 'unknown'],
  ])('takes “%s”', async (text, answer) => {
    const talk = await riding([text]);
    expect(talk.memory?.guide?.answers.days).toBe(answer);
  });

  test.each(['0', 'E', '2 or 9', 'minus'])('does not take “%s”', async (text) => {
    const talk = await riding();
    const result = await talk.type(text);
    expect(questionOf(result)).toMatchObject({ step: 2, places: 'letters', lead: phrases.unclearLetter(1) });
  });
});

describe('a question for a value', () => {
  const at = {
    home: ['reach the tracker', 'it is mine'],
    garages: ['reach the tracker', 'it is mine', '192.168.1.0/24'],
    tracker: ['reach the tracker', 'it is mine', '192.168.1.0/24', '10.1.0.0/16'],
    club: ['reach the tracker', 'it is mine', '192.168.1.0/24', '10.1.0.0/16', '10.1.0.4'],
  };
  const words = phrases.valueProblem;

  test.each([
    ['home', 'purple', phrases.unclearValue(1, '192.168.1.0/24')],
    ['home', '192.168.1.300/24', words['not-an-address']('192.168.1.300')],
    ['home', '192.168.1.0/33', words['not-a-range']('192.168.1.0/33')],
    ['home', '192.168.1.0', words['no-prefix']('192.168.1.0')],
    ['home', '192.168.1.5/24', words['host-bits']('192.168.1.5/24', '192.168.1.0/24')],
    ['home', 'fd00::/8', words.ipv6('fd00::/8')],
    ['home', '10.0.0.0/24 10.1.0.0/24', words['too-many']('10.0.0.0/24 and 10.1.0.0/24')],
    ['tracker', '10.1.0.0/24', words['has-prefix']('10.1.0.0/24')],
    ['tracker', '169.254.1.1', words.apipa('169.254.1.1')],
    ['tracker', '8.8.8.8', words.public('8.8.8.8')],
    ['club', '70000', words['asn-not-16-bit']('70000')],
    ['club', '65515', words['asn-azure']('65515')],
    ['club', '64500', words['asn-iana']('64500')],
    ['club', 'ours', phrases.unclearValue(1, '65010')],
  ] as const)('%s: “%s” is refused in plain words, and the question asked again', async (question, text, said) => {
    const talk = await tourTalk(at[question]);
    const before = talk.memory?.guide;
    const result = await talk.type(text);
    expect(questionOf(result).lead).toBe(said);
    expect(talk.memory?.guide).toEqual(before);
    await talk.type('I don’t know');
    expect(talk.memory?.guide?.answers[question]).toBe('unknown');
  });

  test('has words for an address that must be public', () => {
    expect(words.private('10.0.0.4')).toContain('10.0.0.4');
  });

  test('takes the value in a sentence, in its normal form, and goes on', async () => {
    const talk = await tourTalk([...at.home, 'it is 192.168.1.0/24, I think']);
    expect(talk.memory?.guide?.answers.home).toBe('192.168.1.0/24');
    await talk.type('10.1.0.0/16 and 10.2.0.0/16');
    expect(talk.memory?.guide?.answers.garages).toBe('10.1.0.0/16, 10.2.0.0/16');
    await talk.type('10.1.0.4');
    expect(outcomeOf(await talk.type('AS 65010'))).toMatchObject({
      verdict: 'Send a message to 10.1.0.4',
      explanation: 'AS 65010 passes it on.',
      reasons: expect.arrayContaining(['At home you use 192.168.1.0/24.']),
    });
  });

  test('leads on by what a check of the values finds', async () => {
    const talk = await tourTalk(at.garages);
    expect(outcomeOf(await talk.type('192.168.0.0/16'))).toMatchObject({
      verdict: 'Give 192.168.0.0/16 other addresses',
      reasons: expect.arrayContaining(['192.168.1.0/24 and 192.168.0.0/16 overlap.']),
    });
  });

  test('“why” is not taken for a value, and a question in between is answered', async () => {
    const talk = await tourTalk(at.home);
    expect(questionOf(await talk.type('why')).lead).toBe('The tracker must be reached from there.');
    const result = await talk.type('how do I oil a chain?');
    expect(result.replies.map(({ kind }) => kind)).toEqual(['answer', 'question']);
  });

  test('a number is never the place of the button below it', async () => {
    const talk = await tourTalk(at.club);
    expect(outcomeOf(await talk.type('1')).verdict).toBe('Send a message to 10.1.0.4');
  });
});

describe('an unclear reply', () => {
  test.each([
    ['one of the choices', ['plan a tour'], phrases.unclearChoice],
    ['a number', ['plan a tour', 'mine'], phrases.unclearLetter],
    ['several choices', ['plan a tour', 'mine', '5'], phrases.unclearSeveral],
    ['a value', ['reach the tracker', 'it is mine'], (times: number) => phrases.unclearValue(times, '192.168.1.0/24')],
  ])('to a question for %s is met with other words each time, the third time with a human', async (_, texts, words) => {
    const talk = await tourTalk(texts);
    for (const times of [1, 2, 3]) {
      const result = await talk.type('purple');
      expect(questionOf(result).lead).toBe(words(times));
      expect(labelsOf(result).includes('Talk to a person')).toBe(times === 3);
    }
    expect(new Set([words(1), words(2), words(3)]).size).toBe(3);
  });

  test('that names two choices where one is wanted is asked back with both', async () => {
    const result = await (await tourTalk(['plan a tour'])).type('mine or a rented one');
    expect(questionOf(result).lead).toBe(phrases.severalChoices(['My own', 'A rented one']));
  });
});

describe('a misspelled reply', () => {
  test('is read as the choice it is near to, and says so', async () => {
    const talk = await tourTalk(['plan a tour']);
    const result = await talk.type('a rentd one');
    expect(questionOf(result)).toMatchObject({
      step: 2,
      lead: phrases.readAs([{ from: 'rentd', to: 'rented' }]),
    });
  });

  test('says so before an outcome, too', async () => {
    const result = await (await packing()).type('warm clotes');
    expect(result.replies[0]).toMatchObject({
      kind: 'text',
      text: phrases.readAs([{ from: 'clotes', to: 'clothes' }]),
    });
    expect(outcomeOf(result).verdict).toBe('Take panniers');
  });

  test('that is near to nothing is not read as anything', async () => {
    const result = await (await tourTalk(['plan a tour'])).type('xylophone');
    expect(textOf(result)).toContain(phrases.unclearChoice(1));
  });
});
