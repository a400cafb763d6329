import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import {
  type Deliveries,
  NO_DELIVERIES,
  readDeliveries,
  readDelivery,
  unnamed,
  wasAnswered,
  withDelivery,
} from '../../../bot/channel/deliveries';

const QUESTION = 'What is forced tunneling?';

function came(text: string, cameAt: number, rest: Partial<Activity> = {}) {
  return readDelivery(
    { type: 'message', channelId: 'msteams', from: { id: 'ana' }, text, ...rest } as Activity,
    cameAt,
  );
}

/** Answered at 1,000. */
const answered = (...first: Parameters<typeof came>): Deliveries => withDelivery(NO_DELIVERIES, came(...first), 1_000);

describe('a delivery was answered already', () => {
  test('that has the id of one that was, however late it comes', () => {
    const before = answered('yes', 0, { id: '1' });
    expect(wasAnswered(before, came('yes', 9_999_999, { id: '1' }), true)).toBe(true);
  });

  test('that came under a new id while the first was being answered', () => {
    const before = answered('yes', 0, { id: '1' });
    expect(wasAnswered(before, came('yes', 999, { id: '2' }), true)).toBe(true);
  });

  test('that was said at the same moment', () => {
    const timestamp = new Date(5) as never;
    const before = answered('yes', 0, { id: '1', timestamp });
    expect(wasAnswered(before, came('yes', 60_000, { id: '2', timestamp }), true)).toBe(true);
  });

  test('that asks the same question within half a minute', () => {
    const before = answered(QUESTION, 0, { id: '1' });
    expect(wasAnswered(before, came(QUESTION, 20_000, { id: '2' }), false)).toBe(true);
    expect(wasAnswered(before, came(QUESTION, 40_000, { id: '2' }), false)).toBe(false);
  });
});

describe('a delivery is answered', () => {
  test('that says the same to the next step of a guide', () => {
    expect(wasAnswered(answered('yes', 0, { id: '1' }), came('yes', 1_500, { id: '2' }), true)).toBe(false);
    expect(wasAnswered(answered(QUESTION, 0), came(QUESTION, 1_500), true)).toBe(false);
  });

  test('that says a short word again', () => {
    expect(wasAnswered(answered('go back', 0), came('go back', 1_500), false)).toBe(false);
  });

  test('of somebody else, or with other words or another button', () => {
    const before = answered(QUESTION, 0, { value: { action: 'a' } });
    const others = [{ from: { id: 'ben' } }, { value: { action: 'b' } }, { text: 'What is BGP, please?' }];
    for (const other of others) {
      const delivery = came(QUESTION, 500, { value: { action: 'a' }, ...other } as Partial<Activity>);
      expect(wasAnswered(before, delivery, false)).toBe(false);
    }
  });

  test('that is typed again in the Emulator, which sends nothing twice', () => {
    const emulator = { channelId: 'emulator' };
    expect(wasAnswered(answered(QUESTION, 0, emulator), came(QUESTION, 2_000, emulator), false)).toBe(false);
  });
});

test('only so much is remembered', () => {
  let all = NO_DELIVERIES;
  for (let index = 0; index < 100; index++) all = withDelivery(all, came('hi', index, { id: `${index}` }), index);
  expect([all.ids.length, all.ids.at(-1), all.lately.length]).toEqual([30, '99', 3]);
});

test('what was answered survives JSON, and whatever else stands there is no trouble', () => {
  const before = answered(QUESTION, 0, { id: '1' });
  expect(readDeliveries(JSON.parse(JSON.stringify(before)))).toEqual(before);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(wasAnswered(readDeliveries(value), came(QUESTION, 0, { id: 'none of these' }), false)).toBe(false);
    }),
  );
});

describe('of a conversation that was deleted', () => {
  const yes = came('yes', 900, { id: 'yes-id' });
  const left = unnamed(answered(QUESTION, 0, { id: 'question-id' }), yes, 1_000);

  test('all ids are known again, and the last activity under a new id, while a question may be asked anew', () => {
    const again = (...delivery: Parameters<typeof came>) => wasAnswered(left, came(...delivery), false);
    expect(again(QUESTION, 2_000, { id: 'question-id' })).toBe(true);
    expect(again('yes', 2_000, { id: 'yes-id' })).toBe(true);
    expect(again('yes', 950, { id: 'other' })).toBe(true);
    expect(again('yes', 2_000, { id: 'other' })).toBe(false);
    expect(again(QUESTION, 2_000, { id: 'other' })).toBe(false);
  });

  test('no word, id or person is left', () => {
    expect(JSON.stringify(left)).not.toMatch(/yes|question|tunneling|ana/);
  });
});
