import type { TurnContext } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../log';
import { phrases } from '../phrases';
import type { Reply } from '../reply';
import type { TranscriptLine } from '../transcript-text';
import type { TurnResult } from '../turn-result';
import type { UserMessage } from '../user-message';
import { hasUnreadBeside } from './activity-in';
import { qnaTrace, type Titles } from './emulator/qna-trace';
import { handoffEvent } from './handoff-event';
import { textOf } from './message-text';
import { transcriptActivity } from './privacy-effects';
import { renderTurn } from './render/render-turn';
import type { SentAnswers } from './sent-answers';
import type { RunTurn } from './teams/card-action';
import { placeOf } from './teams/place';

/** What is sent, and where it belongs. */
export interface Outgoing {
  readonly conversation: string;
  /** What the person said last. */
  readonly message: UserMessage;
  readonly said: TurnResult;
  /** What was said before this turn, oldest first. */
  readonly earlier: () => Promise<readonly TranscriptLine[]>;
  /** What this turn adds to it. */
  readonly lines: readonly TranscriptLine[];
  /** How the replies get to the person, where not as messages of their own. */
  readonly deliver: Parameters<RunTurn>[2] | undefined;
}

/** Turns of which a part was sent that are remembered, for when their channel delivers them again. */
const MAX_PARTLY_SENT = 1_000;
const UNREAD_BESIDE: Reply = { kind: 'text', text: phrases.unreadBeside, buttons: [] };

/**
 * Sends what a turn says, in order, with what goes beside it: a transcript that was asked for, the event that hands over to a human,
 * the trace for the Emulator. Rejects where a message cannot be sent; when the channel then delivers the activity again, those that it has
 * taken are not sent again.
 */
export function buildSendReplies({
  answers,
  titles,
  log,
}: {
  /** Told what was answered, once it is sent. */
  readonly answers: Pick<SentAnswers, 'add'>;
  /** Titles of the entries by id, for the Emulator's inspector. */
  readonly titles: Titles;
  readonly log: Logger;
}): (context: TurnContext, outgoing: Outgoing) => Promise<void> {
  /** By conversation and activity, the ids of what was sent of a turn before the channel failed. */
  const partlySent = new LRUCache<string, readonly (string | undefined)[]>({ max: MAX_PARTLY_SENT });

  async function send(context: TurnContext, { conversation, message, said }: Outgoing): Promise<void> {
    const { activity } = context;
    const notice = hasUnreadBeside(activity, message) ? [UNREAD_BESIDE] : [];
    const replies = [...notice, ...said.replies];
    const place = activity.channelId === 'msteams' ? placeOf(activity, textOf(message), said.memory) : undefined;
    const turn = JSON.stringify([conversation, activity.id]);
    const sentIds = [...(partlySent.get(turn) ?? [])];
    try {
      for (const one of renderTurn(replies, activity.channelId, place).slice(sentIds.length)) {
        sentIds.push((await context.sendActivity(one))?.id);
      }
      partlySent.delete(turn);
    } catch (error) {
      if (activity.id && sentIds.length > 0) partlySent.set(turn, sentIds);
      throw error;
    }
    answers.add({ activity, conversation, question: textOf(message), replies, sentIds }).catch((error: unknown) => {
      log.warn({ err: error }, 'not kept which message was the answer: a rating of it will not say what it is about');
    });
  }

  /** Sends what people do not see, if anything. Never rejects: a turn is as good without it. */
  async function sendBeside(
    context: TurnContext,
    activity: Parameters<TurnContext['sendActivity']>[0] | undefined,
    onFault: (where: object) => void,
  ): Promise<void> {
    if (activity === undefined) return;
    try {
      await context.sendActivity(activity);
    } catch (error) {
      onFault({ conversation: context.activity.conversation.id, err: error });
    }
  }

  return async (context, outgoing) => {
    const { message, said, earlier, lines, deliver } = outgoing;
    if (said.effect === 'send-transcript') {
      await context.sendActivity(transcriptActivity(await earlier(), context));
    }
    if (deliver !== undefined) return deliver(said);
    await send(context, outgoing);
    if (said.effect === 'handover') {
      const event = handoffEvent(context, [...(await earlier()), ...lines], said);
      // The person has been told whom to ask: no reason to call the turn failed.
      await sendBeside(context, event, (where) => log.warn(where, 'handoff event not sent'));
    }
    // After the replies: the inspector must not make anybody wait.
    if (context.activity.channelId === 'emulator') {
      const trace = qnaTrace(message, said, titles);
      await sendBeside(context, trace, (where) => log.debug(where, 'trace not sent'));
    }
  };
}
