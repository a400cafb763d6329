import fc from 'fast-check';
import { frozenCard, MAX_MESSAGE_BYTES, renderForTeams } from '../../../../bot/channel/render/teams';
import { shortened } from '../../../../bot/channel/render/teams-buttons';
import { phrases } from '../../../../bot/phrases';
import type { Button, Reply } from '../../../../bot/reply';
import { faultsOfCard } from '../../../support/check-card';
import { actionsOf, cardsOf, partsOf, wordsOf } from '../../../support/teams';

const button = (name: string): Button => ({ label: name, action: `entry:${name}` });
const text = (words: string, ...names: string[]): Reply => ({ kind: 'text', text: words, buttons: names.map(button) });
const answer: Reply & { readonly kind: 'answer' } = {
  kind: 'answer',
  entryId: 'a',
  lead: 'Hello.',
  title: 'How long?',
  body: 'About 5000 km.\n\nMore about it.',
  asOf: '2019-05-22',
  source: { title: 'Tyres', url: 'https://tyres.example/' },
  buttons: [button('b')],
};
const messageOf = (...replies: Reply[]) => {
  const messages = renderForTeams(replies);
  expect(messages).toHaveLength(1);
  return messages[0] as Record<string, unknown> & { readonly text?: string };
};
const cardOf = (...replies: Reply[]) => cardsOf(messageOf(...replies))[0];

describe('what a turn says in Teams', () => {
  test('is plain text where there is nothing to press', () => {
    expect(messageOf(text('Hello'), text('you'))).toEqual({
      type: 'message',
      text: 'Hello\n\nyou',
      textFormat: 'markdown',
      inputHint: 'acceptingInput',
    });
    expect(renderForTeams([])).toEqual([]);
  });

  test('is the short answer as text with its source, and the rest on a card', () => {
    const message = messageOf(answer);
    expect(message.text).toBe('Hello.\n\n**How long?**\n\nAbout 5000 km. [1]');
    expect(wordsOf(cardOf(answer))).toBe('More about it.\nAs of May 2019.');
    expect(message.entities).toEqual([
      {
        type: 'https://schema.org/Message',
        '@type': 'Message',
        '@context': 'https://schema.org',
        '@id': '',
        citation: [
          {
            '@type': 'Claim',
            position: 1,
            appearance: {
              '@type': 'DigitalDocument',
              name: 'Tyres',
              url: 'https://tyres.example/',
              abstract: 'How long?',
            },
          },
        ],
      },
    ]);
    expect(messageOf({ ...answer, source: undefined })).not.toHaveProperty('entities');
  });

  test('is plain text for a short answer without anything to press', () => {
    const message = messageOf({ ...answer, body: 'Yes.', buttons: [] });
    expect(message).not.toHaveProperty('attachments');
    expect(message.text).toBe('Hello.\n\n**How long?**\n\nYes. [1]\n\nAs of May 2019.');
  });

  test('shows a long rest on demand', () => {
    const card = cardOf({ ...answer, body: `Yes.\n\n${'word '.repeat(200)}` });
    const [toggle] = actionsOf(card);
    expect(toggle).toMatchObject({ type: 'Action.ToggleVisibility', title: phrases.more });
    const [id] = toggle!.targetElements as string[];
    expect(partsOf(card, 'Container')).toEqual([expect.objectContaining({ id, isVisible: false })]);
  });

  test('has a number at each of several answers', () => {
    const message = messageOf(text('Two things:'), answer, { ...answer, lead: '', title: 'How far?' });
    expect(message.text).toMatch(/^Two things:.*5000 km\. \[1\].*\*\*How far\?\*\*.*5000 km\. \[2\]/s);
    expect(actionsOf(cardOf(answer, { ...answer, title: 'How far?' })).map(({ title }) => title)).toEqual([
      'More: How long?',
      'b',
      'More: How far?',
      'b',
    ]);
  });

  test('has at most six choices as buttons, else a list', () => {
    const names = ['1', '2', '3', '4', '5', '6', '7'];
    expect(actionsOf(cardOf(text('?', ...names.slice(1)))).map(({ title }) => title)).toEqual(names.slice(1));
    const card = cardOf(text('?', ...names));
    expect(actionsOf(card).map(({ title }) => title)).toEqual([phrases.send]);
    const [list] = partsOf(card, 'Input.ChoiceSet');
    expect((list!.choices as { title: string; value: string }[]).map(({ value }) => JSON.parse(value))).toEqual(
      names.map((name) => ({ action: `entry:${name}`, label: name })),
    );
  });

  test('loses nothing of an endless answer: with a source to read on it is cut, without one it takes more messages', () => {
    const body = Array.from({ length: 400 }, (_, index) => `Paragraph ${index} ${'ü'.repeat(100)}.`).join('\n\n');
    const cutOff = messageOf({ ...answer, body });
    expect(Buffer.byteLength(JSON.stringify(cutOff))).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
    expect(cutOff.text).toContain(`${phrases.readOn} Source: [Tyres](https://tyres.example/)`);
    const whole = renderForTeams([{ ...answer, body, source: undefined }]);
    expect(whole.length).toBeGreaterThan(1);
    for (const one of whole) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThanOrEqual(28 * 1024);
    const said = JSON.stringify(whole);
    for (let index = 0; index < 400; index += 1) expect(said).toContain(`Paragraph ${index} `);
  });

  test('of any words is a card that can be drawn, below the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 3_000 }),
        fc.array(fc.string({ minLength: 1 }), { maxLength: 9 }),
        (words, labels) => {
          const messages = renderForTeams([
            text(words, ...labels),
            { ...answer, body: words, title: labels[0] ?? 'x' },
          ]) as Record<string, unknown>[];
          expect(messages.flatMap(cardsOf).flatMap(faultsOfCard)).toEqual([]);
          for (const one of messages) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThanOrEqual(28 * 1024);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a long label on a card', () => {
  const long = 'Which of the many virtual networks and sites must be reached from here?';

  test('is cut between words on the button, stands whole above it, and is said whole', () => {
    const card = cardOf(text('?', long));
    expect(actionsOf(card)).toEqual([
      expect.objectContaining({
        title: 'Which of the many virtual networks and sites must…',
        tooltip: long,
        data: expect.objectContaining({ action: `entry:${long}`, label: long }),
      }),
    ]);
    expect(wordsOf(card)).toBe(`?\n${long}`);
  });

  test('is never over fifty characters, begins as it should, and breaks no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (label) => {
        const title = shortened(label);
        expect([...title].length).toBeLessThanOrEqual(50);
        if ([...label].length <= 50) expect(title).toBe(label);
        else expect(label.startsWith(title.slice(0, -1)) && title.endsWith('…')).toBe(true);
        expect(/\p{Cs}/u.test(title)).toBe(/\p{Cs}/u.test(label));
      }),
    );
  });
});

test('a frozen card says what was asked and chosen, whatever signs are in it', () => {
  expect(wordsOf(frozenCard('*Which* one?', '[b](https://x.example)'))).toBe(
    '\\*Which\\* one?\n✓ \\[b\\](https://x.example)',
  );
});
