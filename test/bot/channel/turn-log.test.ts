import type { TurnContext } from 'botbuilder';
import pino from 'pino';
import { logTurn } from '../../../bot/channel/turn-log';
import type { OutcomeKind } from '../../../bot/outcome-kind';
import type { TurnResult } from '../../../bot/turn-result';

function lineOf(kind: OutcomeKind): Record<string, unknown> {
  const lines: string[] = [];
  const ignored = (): void => undefined;
  const metrics = { turnAnswered: ignored, guideMoved: ignored, duplicateDropped: ignored };
  const activity = { channelId: 'test', conversation: { id: 'c' } };
  const context = { activity, turnState: new Map() } as unknown as TurnContext;
  const outcome = { kind, confidence: 1, guide: 'setup', answers: [{ id: 'vpn' }] } as unknown as TurnResult['outcome'];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  logTurn(
    { log, metrics, config: { logMessages: false } },
    context,
    { kind: 'text', text: 'x' },
    { outcome } as TurnResult,
    1,
  );
  return JSON.parse(lines[0]!);
}

test('a turn is logged with what answered it, a command without', () => {
  expect(lineOf('guide')).toMatchObject({ outcome: 'guide', top: 'setup' });
  expect(lineOf('command')).not.toHaveProperty('top');
});
