import { type Activity, ActivityTypes, EventFactory, type TurnContext } from 'botbuilder';
import type { TranscriptLine } from '../transcript-text';
import type { TurnResult } from '../turn-result';

/** Channels on which an agent hub may listen for handoff events. */
const HANDOFF_CHANNELS: ReadonlySet<string> = new Set(['directline', 'webchat', 'emulator']);

/** The event that hands a conversation to a human, with what was said so far; `undefined` on channels where nobody listens for it. */
export function handoffEvent(
  context: TurnContext,
  lines: readonly TranscriptLine[],
  { outcome }: TurnResult,
): Partial<Activity> | undefined {
  if (!HANDOFF_CHANNELS.has(context.activity.channelId)) return undefined;
  const activities = lines.map(({ from, text, at }) => ({
    type: ActivityTypes.Message,
    from: { id: from, name: from, role: from },
    timestamp: at,
    text,
  }));
  // The type wants Date timestamps; on the wire they are ISO texts.
  const transcript = { activities } as unknown as Parameters<typeof EventFactory.createHandoffInitiation>[2];
  return EventFactory.createHandoffInitiation(context, { reason: outcome.kind, guide: outcome.guide }, transcript);
}
