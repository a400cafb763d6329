import { ActivityTypes } from 'botbuilder';
import { phrases } from '../../phrases';
import type { RecordedTurn } from '../../recording';
import type { UserMessage } from '../../user-message';
import { renderForEmulator } from '../render/emulator';
import { formatTranscript, type TranscriptActivity } from './transcript';
import { inEnvelope, MEMBERS, type Side } from './transcript-envelope';

/** Takes a conversation down that the Emulator was not part of. */
export interface TranscriptRecorder {
  add(message: UserMessage, turn: RecordedTurn): void;
  /** The transcript so far, as the Emulator opens it. */
  text(): string;
}

/** An empty transcript. `now` tells the time, by default that of the clock. */
export function buildTranscriptRecorder(now: () => Date = () => new Date()): TranscriptRecorder {
  const activities: TranscriptActivity[] = [];
  const add = (side: Side, activity: TranscriptActivity): void => {
    activities.push(inEnvelope(activity, side, { number: activities.length + 1, at: now().toISOString() }));
  };
  return {
    add(message, { replies, effect, done }) {
      add('user', activityOf(message));
      const replyToId = activities.at(-1)?.id;
      if (done !== undefined) add('bot', { ...saidByEffect(done, effect === 'send-transcript'), replyToId });
      for (const activity of renderForEmulator(replies)) add('bot', { ...(activity as TranscriptActivity), replyToId });
      if (effect === 'handover') add('bot', { type: ActivityTypes.Event, name: 'handoff.initiate', replyToId });
    },
    text: () => formatTranscript(activities),
  };
}

/** What is said beside the replies: a transcript, or that all is deleted. */
function saidByEffect(text: string, isTranscript: boolean): TranscriptActivity {
  const channelData = { kind: 'transcript', title: phrases.transcript, text };
  return { type: ActivityTypes.Message, text, textFormat: 'plain', ...(isTranscript ? { channelData } : {}) };
}

/** What the Emulator would have sent. */
function activityOf(message: UserMessage): TranscriptActivity {
  switch (message.kind) {
    case 'arrival':
      return { type: ActivityTypes.ConversationUpdate, membersAdded: MEMBERS };
    case 'text':
      return { type: ActivityTypes.Message, text: message.text, textFormat: 'plain' };
    case 'button':
      return {
        type: ActivityTypes.Message,
        text: message.label,
        value: { action: message.action },
        channelData: { messageBack: { displayText: message.label } },
      };
    case 'unreadable':
      return { type: ActivityTypes.Message, attachments: [{ contentType: 'application/octet-stream' }] };
  }
}
