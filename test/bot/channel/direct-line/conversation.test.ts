import fc from 'fast-check';
import { Conversation } from '../../../../bot/channel/direct-line/conversation';
import { until } from './direct-line-client';

const latin = fc.constantFrom('·', 'é', 'ÿ', '\u0080', '\u2028', '\n');
const message = (text: string) => ({ type: 'message', text });
const again = (conversation: Conversation): Conversation =>
  Conversation.fromJson(conversation.id, conversation.toJson())!;

describe('a conversation', () => {
  test('gives every activity a time after the one before', () => {
    const conversation = new Conversation('a', 'dl');
    const times = Array.from({ length: 50 }, () => conversation.nextTimestamp());
    expect([...new Set(times)].sort()).toEqual(times);
  });

  test('gives every activity an id of its own', () => {
    const conversation = new Conversation('a', 'dl', 0);
    expect(conversation.nextActivityId()).toBe('a|1');
    expect(conversation.nextActivityId()).toBe('a|2');
  });

  test('knows the last twenty marks of its client', () => {
    const conversation = new Conversation('a', 'dl');
    for (let i = 0; i < 25; i++) conversation.mark(`m${i}`, `id${i}`);
    expect([conversation.idOf('m4'), conversation.idOf('m5'), conversation.idOf('m24')]).toEqual([
      undefined,
      'id5',
      'id24',
    ]);
  });
});

describe('a conversation that comes back', () => {
  test('has all that was said, whatever it was, under the same watermarks', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            text: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: latin })),
            value: fc.jsonValue(),
          }),
        ),
        (said) => {
          const before = new Conversation('a', 'dl_a', 50);
          for (const activity of said) before.append(activity);
          before.mark('mark', 'a|51');
          const after = again(before);
          expect(after.userId).toBe('dl_a');
          expect(after.idOf('mark')).toBe('a|51');
          for (const from of [0, 51, 53]) expect(after.since(from).activities).toEqual(before.since(from).activities);
          const parsed = after.since(0).activities.map((json) => JSON.parse(json));
          expect(parsed).toEqual(said.map((activity) => JSON.parse(JSON.stringify(activity))));
          expect(again(after).since(0).activities).toEqual(before.since(0).activities);
        },
      ),
    );
  });

  test('gives no id and no watermark again, even those that were given after it was saved', async () => {
    const before = new Conversation('a', 'dl');
    before.append({ ...message('saved'), id: before.nextActivityId() });
    const json = before.toJson();
    before.append({ ...message('lost'), id: before.nextActivityId() });
    await until(() => Date.now() > Number(before.since(0).watermark) + 2);
    const after = Conversation.fromJson('a', json)!;
    expect(Number(after.since(0).watermark)).toBeGreaterThan(Number(before.since(0).watermark));
    const number = (id: string): number => Number(id.split('|')[1]);
    expect(number(after.nextActivityId())).toBeGreaterThan(number(before.nextActivityId()));
  });

  test('is none where the file holds something else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ user: fc.string(), at: fc.array(fc.nat()) }).map((value) => JSON.stringify(value)),
        ),
        (json) => {
          expect(Conversation.fromJson('a', json)).toBeUndefined();
        },
      ),
    );
    const json = new Conversation('a', 'dl').toJson().replace('"at":[]', '"at":[1]');
    expect(Conversation.fromJson('a', json)).toBeUndefined();
  });

  test('takes one byte a character, whatever was said', () => {
    const conversation = new Conversation('a', 'dl');
    conversation.append(message('“Yes” – 日本 😀 · é'));
    expect(conversation.since(0).activities[0]).toMatch(/^[ -ÿ]+$/);
    expect(JSON.parse(conversation.since(0).activities[0]!)).toEqual(message('“Yes” – 日本 😀 · é'));
  });
});
