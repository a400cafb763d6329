import { phrases } from '../../bot/phrases';
import { labelsOf, outcomeOf, questionOf, textOf } from '../support/conversation';
import { tourTalk } from '../support/tour-talk';

const advised = (texts: readonly string[] = []) => tourTalk(['plan a tour', 'mine', '5', 'tent', ...texts]);

describe('“what if I had said …?” after the advice', () => {
  test('tells that the advice stays the same', async () => {
    const result = await (await advised()).type('what if I had said hired?');
    expect(textOf(result)).toBe(`${phrases.whatIfSame('A rented one')} Take panniers`);
    expect(result.memory.guide?.answers.bike).toBe('own');
  });

  test('tells other advice beside that which stands', async () => {
    const result = await (await advised()).type('what if I had said tent and stove?');
    expect(textOf(result)).toBe(phrases.whatIfOther('A tent and A stove', 'Take a trailer', 'Take panniers'));
  });

  test('tells that another guide would go on', async () => {
    const result = await (await advised()).type('what if I had said 10 days?');
    expect(textOf(result)).toBe(phrases.whatIfGuide('Longer', 'How do I reach my bike tracker?'));
  });

  test('tells what would have to be asked', async () => {
    const talk = await tourTalk(['which bicycle fits me', 'both']);
    const result = await talk.type('what if I had said on forest trails?');
    expect(textOf(result)).toBe(phrases.whatIfQuestion('On forest trails', 'Do you jump?'));
  });

  test('offers to take it, by one click', async () => {
    const talk = await advised();
    await talk.type('what if I had said none yet?');
    const result = await talk.click(phrases.takeThat('None yet'));
    expect(questionOf(result).guideTitle).toBe('Which bicycle fits me?');
  });

  test('asks which answer is meant where none is found', async () => {
    const result = await (await advised()).type('what if I had said purple?');
    expect(textOf(result)).toBe(phrases.whatIfWhich);
  });

  test('leaves a question about something else to the FAQ', async () => {
    const result = await (await advised()).type('what if my chain breaks?');
    expect(result.replies).toMatchObject([{ kind: 'answer', entryId: 'how-do-i-oil-a-chain' }]);
  });
});

describe('“what if?”', () => {
  test('lists every single answer that would change the advice', async () => {
    const talk = await tourTalk(['which bicycle fits me', 'on roads', 'no']);
    const result = await talk.click('What if …?');
    expect(textOf(result)).toBe(
      [
        phrases.whatIfList,
        [
          phrases.whatIfLine('Where do you ride?', 'On forest trails', 'Do you jump?'),
          phrases.whatIfLine('Where do you ride?', 'On roads and on trails', 'Take a gravel bike'),
          phrases.whatIfLine('Is it more than 20 km a day?', 'Yes, more than 20 km', 'Do you want a motor?'),
        ].join('\n'),
      ].join('\n\n'),
    );
    expect((await talk.type('what if?')).replies).toEqual(result.replies);
  });

  test('names the guides that other answers lead to', async () => {
    const result = await (await advised()).type('what if');
    expect(textOf(result)).toContain(
      phrases.whatIfLine('Which bicycle do you take?', 'None yet', 'Which bicycle fits me?'),
    );
    expect(textOf(result)).not.toContain('A rented one');
  });

  test('says so where nothing would change it', async () => {
    const talk = await tourTalk(['which bicycle fits me', 'both']);
    expect(textOf(await talk.type('what if?'))).not.toBe(phrases.whatIfNothing);
    const shop = await tourTalk(['reach the tracker', 'no idea']);
    expect(textOf(await shop.type('what if?'))).toContain('Which addresses has the network at home?');
  });
});

describe('“what if” while a question is open', () => {
  test('compares with nothing yet, and asks the question again', async () => {
    const talk = await tourTalk(['which bicycle fits me', 'on forest trails']);
    const result = await talk.type('what if I had said on roads and on trails?');
    expect(textOf(result)).toContain(
      phrases.whatIfOther('On roads and on trails', 'Take a gravel bike', phrases.whatIfOpen),
    );
    expect(questionOf(result)).toMatchObject({ text: 'Do you jump?', lead: phrases.backToGuide(2, 3) });
    expect(labelsOf(result)).toContain(phrases.takeThat('On roads and on trails'));
  });

  test('takes the other answer by its button', async () => {
    const talk = await tourTalk(['which bicycle fits me', 'on forest trails', 'what if I had said both?']);
    expect(outcomeOf(await talk.click(phrases.takeThat('On roads and on trails'))).verdict).toBe('Take a gravel bike');
  });

  test('without words asks which answer is meant, and goes on', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const result = await talk.type('what if');
    expect(textOf(result)).toContain(phrases.whatIfWhich);
    expect(questionOf(result).step).toBe(2);
  });

  test('does not change what was answered', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const before = talk.memory?.guide;
    await talk.type('what if I had said hired?');
    expect(talk.memory?.guide).toEqual(before);
  });
});
