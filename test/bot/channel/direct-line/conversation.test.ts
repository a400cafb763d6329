import fc from 'fast-check';
import {
  activityId,
  conversationIdOf,
  conversationToJson,
  DELETED_JSON,
  nextNumber,
  readConversation,
  readProgress,
} from '../../../../bot/channel/direct-line/conversation';
import { readWaiting, waitingToJson } from '../../../../bot/channel/direct-line/waiting-activity';

describe('a conversation', () => {
  test('comes back as it was', () => {
    const count = fc.nat();
    const conversation = fc.record({
      id: fc.constant('c'),
      userId: fc.string(),
      lastNumber: count,
      taken: count,
      grown: count,
      marks: fc.array(fc.tuple(fc.string(), count)),
    });
    fc.assert(
      fc.property(conversation, (one) => {
        expect(readConversation('c', conversationToJson(one))).toEqual({ kind: 'open', conversation: one });
      }),
    );
  });

  test('is none where its document holds something else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (json) => {
        expect(readConversation('c', json)).toEqual({ kind: 'none' });
        expect(readProgress(json)).toEqual({ answered: 0, attempts: 0, grown: 0 });
        expect(readWaiting({ at: 1, text: json })).toBeUndefined();
      }),
    );
    expect(readConversation('c', DELETED_JSON)).toEqual({ kind: 'deleted' });
    expect(readConversation('c', undefined)).toEqual({ kind: 'none' });
  });

  test('numbers what its page sends, upwards, also after it was forgotten', () => {
    expect(nextNumber({ lastNumber: 0 })).toBeGreaterThan(1_600_000_000_000);
    expect(nextNumber({ lastNumber: 9_000_000_000_000 })).toBe(9_000_000_000_001);
    expect(conversationIdOf(activityId('a_b-c', 7))).toBe('a_b-c');
  });
});

test('an activity that waits comes back with its time', () => {
  const activity = { type: 'message', id: 'c|1', text: 'hi', conversation: { id: 'c' } };
  expect(readWaiting({ at: 0, text: waitingToJson(3, JSON.stringify(activity)) })).toEqual({
    seq: 3,
    id: 'c|1',
    activity: { ...activity, timestamp: '1970-01-01T00:00:00.000Z' },
  });
});
