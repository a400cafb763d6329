import { ActivityTypes, type ConversationState, EventFactory, type TurnContext } from 'botbuilder';
import type { Bot } from '../bot';
import type { Config } from '../config';
import type { Logger } from '../log';
import type { Memory } from '../memory';
import { readMemory } from '../memory';
import { phrases } from '../phrases';
import type { Reply } from '../reply';
import { replyToMarkdown } from '../reply-text';
import type { TranscriptLine } from '../transcript-text';
import type { TurnResult } from '../turn-result';
import type { UserMessage } from '../user-message';
import { hasUnreadBeside, readActivity } from './activity-in';
import { qnaTrace, type Titles } from './emulator/qna-trace';
import { conversationKey } from './memory-state';
import { announceDeletion, transcriptActivity } from './privacy-effects';
import { renderTurn } from './render/render-turn';
import type { SentAnswers } from './sent-answers';
import type { InvokeHandler } from './teams/invokes';
import type { Transcripts } from './transcripts';
import type { TurnQueue } from './turn-queue';
import { withTypingIndicator } from './typing-indicator';

export interface TurnHandlerParts {
  readonly bot: Bot;
  readonly state: ConversationState;
  readonly queue: TurnQueue;
  readonly transcripts: Transcripts;
  readonly config: Pick<Config, 'logMessages'>;
  readonly log: Logger;
  /** Titles of the entries by id, for the Emulator's inspector. */
  readonly titles: Titles;
  /** Writes the conversations to disk where they are kept there; `false` where that failed. */
  readonly saveNow: () => Promise<boolean>;
  /** Told what was answered, once it is sent. */
  readonly answers: Pick<SentAnswers, 'add'>;
  /** What invoke activities are answered with, by their names. */
  readonly invokes: ReadonlyMap<string, InvokeHandler>;
}

/** Channels on which an agent hub may listen for handoff events. */
const HANDOFF_CHANNELS: ReadonlySet<string> = new Set(['directline', 'webchat', 'emulator']);

const UNREAD_BESIDE: Reply = { kind: 'text', text: phrases.unreadBeside, buttons: [] };

/**
 * The one function that answers an activity, whatever the adapter: read it, wait for its turn in the conversation, ask the bot,
 * send what it says in order, save its memory, log one line, and a second one for a miss. Rejects where the bot or a send fails; memory is then what it was
 * before the turn, so what the person did not see did not happen.
 */
export function buildTurnHandler(parts: TurnHandlerParts): (context: TurnContext) => Promise<void> {
  const memoryOf = parts.state.createProperty<Memory | undefined>('memory');

  async function answer(context: TurnContext, conversation: string, message: UserMessage): Promise<void> {
    const startedAt = performance.now();
    const before = readMemory(await memoryOf.get(context));
    const earlier = parts.transcripts.of(conversation);
    const heard = textOf(message);
    if (heard !== '') parts.transcripts.add(conversation, 'user', heard);
    const result = await withTypingIndicator(context, () => parts.bot.respond(before, message));
    if (result.effect === 'delete-data') {
      await forgetAloud(context, conversation);
    } else {
      if (result.effect === 'send-transcript') await sendTranscript(context, conversation, earlier);
      await send(context, conversation, message, result);
      await memoryOf.set(context, result.memory);
      await parts.state.saveChanges(context);
    }
    logTurn(context, message, result, performance.now() - startedAt);
  }

  async function send(
    context: TurnContext,
    conversation: string,
    message: UserMessage,
    result: TurnResult,
  ): Promise<void> {
    const { channelId } = context.activity;
    const notice = hasUnreadBeside(context.activity, message) ? [UNREAD_BESIDE] : [];
    const replies = [...notice, ...result.replies];
    const sentIds: (string | undefined)[] = [];
    for (const activity of renderTurn(replies, channelId)) sentIds.push((await context.sendActivity(activity))?.id);
    parts.answers.add({ activity: context.activity, question: textOf(message), replies, sentIds });
    // Not the texts of the activities: what stands on a card would be missing.
    for (const reply of result.replies) parts.transcripts.add(conversation, 'bot', replyToMarkdown(reply));
    if (result.effect === 'handover' && HANDOFF_CHANNELS.has(channelId))
      await announceHandover(context, conversation, result);
    // After the replies: the inspector must not make anybody wait.
    if (channelId === 'emulator') await sendTrace(context, message, result);
  }

  async function sendTranscript(
    context: TurnContext,
    conversation: string,
    earlier: readonly TranscriptLine[],
  ): Promise<void> {
    await context.sendActivity(transcriptActivity(earlier, context));
    // A transcript in a transcript would double it each time.
    parts.transcripts.add(conversation, 'bot', phrases.transcriptSent);
  }

  /** Nothing is said before it is so: where it fails, the turn does. */
  async function forgetAloud(context: TurnContext, conversation: string): Promise<void> {
    await announceDeletion(context, await forget(context, conversation));
  }

  /** Memory, and what was kept for a human who takes over; `false` where a copy may still be on the disk. */
  async function forget(context: TurnContext, conversation: string): Promise<boolean> {
    await parts.state.delete(context);
    parts.transcripts.forget(conversation);
    const isOffDisk = await parts.saveNow();
    parts.log.info({ conversation: context.activity.conversation.id, isOffDisk }, 'user data deleted');
    return isOffDisk;
  }

  /** Never rejects: a turn is as good without its trace. */
  async function sendTrace(context: TurnContext, message: UserMessage, result: TurnResult): Promise<void> {
    const trace = qnaTrace(message, result, parts.titles);
    if (trace === undefined) return;
    try {
      await context.sendActivity(trace);
    } catch (error) {
      parts.log.debug({ conversation: context.activity.conversation.id, err: error }, 'trace not sent');
    }
  }

  async function announceHandover(context: TurnContext, conversation: string, result: TurnResult): Promise<void> {
    const activities = parts.transcripts.of(conversation).map(({ from, text, at }) => ({
      type: ActivityTypes.Message,
      from: { id: from, name: from, role: from },
      timestamp: at,
      text,
    }));
    // The type wants Date timestamps; on the wire they are ISO texts.
    const transcript = { activities } as unknown as Parameters<typeof EventFactory.createHandoffInitiation>[2];
    const handedOver = { reason: result.outcome.kind, guide: result.outcome.guide };
    try {
      await context.sendActivity(EventFactory.createHandoffInitiation(context, handedOver, transcript));
    } catch (error) {
      // The person has been told whom to ask: no reason to call the turn failed.
      parts.log.warn({ conversation: context.activity.conversation.id, err: error }, 'handoff event not sent');
    }
  }

  function logTurn(context: TurnContext, message: UserMessage, result: TurnResult, ms: number): void {
    const { outcome } = result;
    parts.log.info(
      {
        conversation: context.activity.conversation.id,
        channel: context.activity.channelId,
        message: message.kind,
        outcome: outcome.kind,
        top: outcome.guide ?? outcome.answers[0]?.id,
        confidence: Math.round(outcome.confidence * 1000) / 1000,
        ms: Math.round(ms * 100) / 100,
        ...(parts.config.logMessages ? { text: textOf(message) } : {}),
      },
      'turn',
    );
    if (outcome.miss === undefined) return;
    parts.log.info(
      {
        conversation: context.activity.conversation.id,
        channel: context.activity.channelId,
        candidates: outcome.miss.candidates,
        // What people type stays out of the logs unless the operator asked for it.
        ...(parts.config.logMessages ? { question: outcome.miss.question } : {}),
      },
      'miss',
    );
  }

  async function answerInvoke(context: TurnContext, handler: InvokeHandler): Promise<void> {
    const value = await handler(context).catch((error: unknown) => {
      parts.log.error({ name: context.activity.name, err: error }, 'invoke failed');
      return { status: 500 };
    });
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
  }

  return async (context) => {
    const conversation = conversationKey(context.activity);
    if (context.activity.type === ActivityTypes.DeleteUserData)
      return void (await parts.queue.run(conversation, () => forget(context, conversation)));
    const handler =
      context.activity.type === ActivityTypes.Invoke ? parts.invokes.get(context.activity.name ?? '') : undefined;
    if (handler !== undefined) return answerInvoke(context, handler);
    const message = readActivity(context.activity);
    if (message === undefined) return;
    await parts.queue.run(conversation, () => answer(context, conversation, message));
  };
}

function textOf(message: UserMessage): string {
  switch (message.kind) {
    case 'text':
      return message.text;
    case 'button':
      return message.label;
    default:
      return '';
  }
}
