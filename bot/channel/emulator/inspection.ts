import { randomUUID } from 'node:crypto';
import {
  type Activity,
  ActivityTypes,
  type CloudAdapter,
  type ConversationReference,
  InspectionMiddleware,
  InspectionState,
  MemoryStorage,
  TurnContext,
} from 'botbuilder';
import type { ConnectorFactory } from 'botframework-connector';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../../log';
import { phrases } from '../../phrases';
import { conversationKey } from '../conversation-key';
import type { ConversationRecords } from '../conversation-records';

/** So many windows wait for somebody to attach, and so many conversations are inspected, at once; the oldest go first. */
const MAX_SESSIONS = 100;
/** An inspection that is not used for this long is over. */
const SESSION_IDLE_MS = 8 * 60 * 60 * 1000;

const COMMAND = /^\/INSPECT(?:\s+(\S+))?(?:\s+(\S+))?\s*$/i;

export interface InspectionParts {
  /** Its connectors send the traces: they are signed in as the bot is, and limited in time. */
  readonly adapter: CloudAdapter;
  /** What is shown of a conversation after each of its turns. */
  readonly records: Pick<ConversationRecords, 'read'>;
  readonly log: Logger;
}

type Traffic = { readonly shouldForwardToApplication: boolean; readonly shouldIntercept: boolean };

/**
 * The Emulator's inspection: `/INSPECT open` in one window gives the command `/INSPECT attach ID`; typed in another window, the
 * first one shows what that conversation receives, sends and remembers. Never fails a turn; a window that does not take its
 * traces is let go.
 *
 * Attaching gives the traffic of one's own conversation away, so nobody may be talked into it: commands count on the Emulator
 * only, which without credentials runs on this machine, and with credentials holds the bot's own password. Everywhere else they
 * are words like any others.
 */
export class Inspection extends InspectionMiddleware {
  readonly #parts: InspectionParts;
  readonly #opened = buildSessions();
  readonly #attached = buildSessions();

  // The sessions of botbuilder's own state grow without end, and its connectors have no limit in time: both are replaced here,
  // and what is left of it is how traffic is intercepted and what the traces are called.
  constructor(parts: InspectionParts) {
    super(new InspectionState(new MemoryStorage()));
    this.#parts = parts;
  }

  /** Without a look at turns that nobody inspects: traces would be made for each of them, and thrown away. */
  override async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const { channelId } = context.activity;
    if (channelId !== 'emulator') return next();
    const isWatched = commandOf(context) !== null || this.#attached.has(conversationKey(context.activity));
    return isWatched ? super.onTurn(context, next) : next();
  }

  protected override async inbound(context: TurnContext, trace: Partial<Activity>): Promise<Traffic> {
    const command = commandOf(context);
    if (command === null)
      return { shouldForwardToApplication: true, shouldIntercept: await this.#show(context, [trace]) };
    try {
      await context.sendActivity(this.#carryOut(context, command[1]?.toLowerCase(), command[2]));
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'the answer to an inspection command could not be sent');
    }
    return { shouldForwardToApplication: false, shouldIntercept: false };
  }

  protected override async outbound(context: TurnContext, traces: Partial<Activity>[]): Promise<void> {
    await this.#show(context, traces);
  }

  protected override async traceState(context: TurnContext): Promise<void> {
    if (!this.#attached.has(conversationKey(context.activity))) return;
    const { memory } = await this.#parts.records.read(conversationKey(context.activity));
    const conversationState = { memory };
    await this.#show(context, [
      traceOf('BotState', 'Bot State', 'https://www.botframework.com/schemas/botState', { conversationState }),
    ]);
  }

  #carryOut(context: TurnContext, name: string | undefined, id: string | undefined): Partial<Activity> | string {
    if (name === 'open' && id === undefined) {
      const opened = randomUUID();
      this.#opened.set(opened, TurnContext.getConversationReference(context.activity));
      return traceOf('Command', 'Command', 'https://www.botframework.com/schemas/command', `/INSPECT attach ${opened}`);
    }
    if (name !== 'attach' || id === undefined) return phrases.inspectHelp;
    const window = this.#opened.get(id);
    if (window === undefined) return phrases.inspectGone;
    this.#opened.delete(id);
    this.#attached.set(conversationKey(context.activity), window);
    return phrases.inspected;
  }

  /** Whether the window that inspects this conversation, if there is one, has taken all the traces. */
  async #show(context: TurnContext, traces: readonly Partial<Activity>[]): Promise<boolean> {
    const key = conversationKey(context.activity);
    const window = this.#attached.get(key);
    if (window?.conversation === undefined || window.serviceUrl === undefined) return false;
    const { adapter, log } = this.#parts;
    try {
      const connectors = context.turnState.get<ConnectorFactory>(adapter.ConnectorFactoryKey);
      const connector = await connectors.create(window.serviceUrl, context.turnState.get(adapter.OAuthScopeKey));
      for (const trace of traces) {
        const addressed = TurnContext.applyConversationReference({ ...trace }, window) as Activity;
        await connector.conversations.sendToConversation(window.conversation.id, addressed);
      }
      return true;
    } catch (error) {
      this.#attached.delete(key);
      log.info({ conversation: context.activity.conversation.id, err: error }, 'no longer inspected: not reachable');
      return false;
    }
  }
}

function commandOf({ activity: { type, text } }: TurnContext): RegExpExecArray | null {
  return type === ActivityTypes.Message && typeof text === 'string' ? COMMAND.exec(text.trim()) : null;
}

function buildSessions(): LRUCache<string, Partial<ConversationReference>> {
  return new LRUCache({ max: MAX_SESSIONS, ttl: SESSION_IDLE_MS, updateAgeOnGet: true });
}

function traceOf(name: string, label: string, valueType: string, value: unknown): Partial<Activity> {
  return { type: ActivityTypes.Trace, timestamp: new Date(), name, label, valueType, value };
}
