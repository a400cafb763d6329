import { type Activity, ActivityTypes, type InvokeResponse, type TurnContext } from 'botbuilder';
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
import type { Backplane } from './backplane/backplane';
import { qnaTrace, type Titles } from './emulator/qna-trace';
import type { FeedbackStore } from './feedback-file';
import { handoffEvent } from './handoff-event';
import { conversationKey, type MemoryState } from './memory-state';
import { textOf } from './message-text';
import { announceDeletion, transcriptActivity } from './privacy-effects';
import { renderTurn } from './render/render-turn';
import type { SentAnswers } from './sent-answers';
import { mayPress, type RunTurn } from './teams/card-action';
import { buildInvokes } from './teams/invokes';
import { type LifeCycleEvent, readLifeCycle } from './teams/life-cycle';
import { isShared, placeOf } from './teams/place';
import { readPress } from './teams/read-press';
import type { Transcripts } from './transcripts';
import { logTurn } from './turn-log';
import { withTypingIndicator } from './typing-indicator';

export interface TurnHandlerParts {
  readonly bot: Bot;
  readonly state: MemoryState;
  /** Keeps the turns of a conversation apart. */
  readonly backplane: Pick<Backplane, 'exclusively'>;
  readonly transcripts: Transcripts;
  readonly config: Pick<Config, 'logMessages'>;
  readonly log: Logger;
  /** Titles of the entries by id, for the Emulator's inspector. */
  readonly titles: Titles;
  /** Writes the conversations to disk where they are kept there; `false` where that failed. */
  readonly saveNow: () => Promise<boolean>;
  /** Told what was answered, once it is sent. */
  readonly answers: SentAnswers;
  readonly feedback: FeedbackStore;
}

/** What an edited message is answered by anew: the memory before it was answered first. */
interface LastAsked {
  readonly id: string;
  readonly before: Memory | null;
}

type Messages = Parameters<RunTurn>[1];
type Deliver = Parameters<RunTurn>[2];

const UNREAD_BESIDE: Reply = { kind: 'text', text: phrases.unreadBeside, buttons: [] };

/**
 * The one function that answers an activity, whatever the adapter: read it, wait for its turn in the conversation, ask the bot,
 * send what it says in order, save its memory, log it. Rejects where the bot or a send fails; memory is then what it was
 * before the turn, so what the person did not see did not happen.
 */
export function buildTurnHandler(parts: TurnHandlerParts): (context: TurnContext) => Promise<void> {
  const { bot, state, backplane, transcripts, answers, log } = parts;
  const memoryOf = state.createProperty<Memory | undefined>('memory');
  const lastAskedOf = state.createProperty<LastAsked | undefined>('lastAsked');
  const invokes = buildInvokes({ runTurn, bot, answers, feedback: parts.feedback, log });

  function runTurn(context: TurnContext, messages: Messages, deliver?: Deliver): ReturnType<RunTurn> {
    const conversation = conversationKey(context.activity);
    return backplane.exclusively(conversation, () => answer(context, conversation, messages, { deliver }));
  }

  async function answer(
    context: TurnContext,
    conversation: string,
    messages: Messages,
    how: { readonly deliver?: Deliver; readonly before?: Memory | undefined } = {},
  ): Promise<TurnResult> {
    const startedAt = performance.now();
    const before = 'before' in how ? how.before : readMemory(await memoryOf.get(context));
    const earlier = transcripts.of(conversation);
    const heard = messages.map(textOf).join(' ');
    if (heard !== '') transcripts.add(conversation, 'user', heard, context.activity.id);
    const result = await withTypingIndicator(context, () => respondToAll(before, messages));
    const said = welcomed(context, messages, result);
    if (said.effect === 'delete-data') {
      await forgetAloud(context, conversation);
    } else {
      if (said.effect === 'send-transcript') await sendTranscript(context, conversation, earlier);
      if (how.deliver === undefined) await send(context, conversation, messages.at(-1)!, said);
      else await how.deliver(said);
      await memoryOf.set(context, said.memory);
      await rememberAsked(context, messages, before);
      await state.saveChanges(context);
    }
    logTurn(parts, context, messages.at(-1)!, said, performance.now() - startedAt);
    return said;
  }

  async function respondToAll(before: Memory | undefined, messages: readonly UserMessage[]): Promise<TurnResult> {
    const [first, ...others] = messages;
    let result = await bot.respond(before, first!);
    for (const message of others) result = await bot.respond(result.memory, message);
    return result;
  }

  /** Where many read along the bot says in two sentences that it is there. */
  function welcomed({ activity }: TurnContext, messages: readonly UserMessage[], result: TurnResult): TurnResult {
    const isWelcome = messages[0]?.kind === 'arrival' && result.replies.length > 0 && activity.channelId === 'msteams';
    if (!isWelcome || !isShared(activity)) return result;
    return { ...result, replies: [{ kind: 'text', text: phrases.welcomeTeam, buttons: [] }] };
  }

  async function rememberAsked(context: TurnContext, messages: Messages, before: Memory | undefined): Promise<void> {
    const { channelId, id } = context.activity;
    if (channelId !== 'msteams') return;
    await lastAskedOf.set(context, messages[0]?.kind === 'text' && id ? { id, before: before ?? null } : undefined);
  }

  async function send(
    context: TurnContext,
    conversation: string,
    message: UserMessage,
    result: TurnResult,
  ): Promise<void> {
    const { activity } = context;
    const notice = hasUnreadBeside(activity, message) ? [UNREAD_BESIDE] : [];
    const replies = [...notice, ...result.replies];
    const place = activity.channelId === 'msteams' ? placeOf(activity, textOf(message), result.memory) : undefined;
    const sentIds: (string | undefined)[] = [];
    for (const one of renderTurn(replies, activity.channelId, place)) {
      sentIds.push((await context.sendActivity(one))?.id);
    }
    answers.add({ activity, question: textOf(message), replies, sentIds });
    // Not the texts of the activities: what stands on a card would be missing.
    for (const reply of result.replies) transcripts.add(conversation, 'bot', replyToMarkdown(reply));
    if (result.effect === 'handover') {
      const event = handoffEvent(context, transcripts.of(conversation), result);
      // The person has been told whom to ask: no reason to call the turn failed.
      await sendBeside(context, event, (where) => log.warn(where, 'handoff event not sent'));
    }
    // After the replies: the inspector must not make anybody wait.
    if (activity.channelId === 'emulator') {
      await sendBeside(context, qnaTrace(message, result, parts.titles), (where) => log.debug(where, 'trace not sent'));
    }
  }

  /** Sends what people do not see, if anything. Never rejects: a turn is as good without it. */
  async function sendBeside(
    context: TurnContext,
    activity: Partial<Activity> | undefined,
    onFault: (where: object) => void,
  ): Promise<void> {
    if (activity === undefined) return;
    try {
      await context.sendActivity(activity);
    } catch (error) {
      onFault({ conversation: context.activity.conversation.id, err: error });
    }
  }

  async function sendTranscript(
    context: TurnContext,
    conversation: string,
    earlier: readonly TranscriptLine[],
  ): Promise<void> {
    await context.sendActivity(transcriptActivity(earlier, context));
    // A transcript in a transcript would double it each time.
    transcripts.add(conversation, 'bot', phrases.transcriptSent);
  }

  /** Nothing is said before it is so: where it fails, the turn does. */
  async function forgetAloud(context: TurnContext, conversation: string): Promise<void> {
    await announceDeletion(context, await forget(context, conversation));
  }

  /** Memory, and what was kept for a human who takes over; `false` where a copy may still be on the disk. */
  async function forget(context: TurnContext, conversation: string): Promise<boolean> {
    await state.delete(context);
    transcripts.forget(conversation);
    const isOffDisk = await parts.saveNow();
    log.info({ conversation: context.activity.conversation.id, isOffDisk }, 'user data deleted');
    return isOffDisk;
  }

  /** The message that was answered last is answered as if it had been written so from the start; older ones are left alone. */
  async function answerEdited(context: TurnContext, conversation: string, id: string): Promise<void> {
    const last = await lastAskedOf.get(context);
    if (last?.id !== id) return;
    const message = readActivity({ ...context.activity, type: ActivityTypes.Message });
    if (message?.kind !== 'text') return;
    transcripts.drop(conversation, id);
    await answer(context, conversation, [message], { before: readMemory(last.before) });
  }

  async function follow(context: TurnContext, conversation: string, event: LifeCycleEvent): Promise<void> {
    switch (event.kind) {
      case 'removed':
        for (const key of await state.forget(context.activity)) transcripts.forget(key);
        return;
      case 'deleted':
        return transcripts.drop(conversation, event.id);
      case 'edited':
        return answerEdited(context, conversation, event.id);
    }
  }

  async function answerInvoke(context: TurnContext): Promise<void> {
    const handler = invokes.get(context.activity.name ?? '');
    if (handler === undefined) return;
    let value: InvokeResponse;
    try {
      value = await handler(context);
    } catch (error) {
      log.error({ name: context.activity.name, err: error }, 'invoke failed');
      value = { status: 500 };
    }
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
  }

  return async (context) => {
    const { activity } = context;
    if (activity.type === ActivityTypes.Invoke) return answerInvoke(context);
    const conversation = conversationKey(activity);
    if (activity.type === ActivityTypes.DeleteUserData)
      return void (await backplane.exclusively(conversation, () => forget(context, conversation)));
    if (activity.channelId === 'msteams') {
      const event = readLifeCycle(activity);
      if (event !== undefined) return backplane.exclusively(conversation, () => follow(context, conversation, event));
    }
    const message = readActivity(activity);
    // A card of ours on a client that sends its buttons as messages.
    const isMessage = activity.type === ActivityTypes.Message;
    const press = activity.channelId === 'msteams' && isMessage ? readPress(activity.value) : undefined;
    if (press !== undefined && !mayPress(context, press)) {
      await context.sendActivity(phrases.somebodyElses);
      return;
    }
    const messages = press?.messages ?? (message === undefined ? [] : [message]);
    if (messages.length > 0) await runTurn(context, messages);
  };
}
