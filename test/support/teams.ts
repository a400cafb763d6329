import { randomUUID } from 'node:crypto';
import { type PostedAnswer, postJson } from './emulator';
import type { FakeConnector, SentActivity } from './fake-connector';

/** A person in Teams. */
export interface TeamsPerson {
  readonly id: string;
  readonly name: string;
}

export const ANA: TeamsPerson = { id: '29:ana', name: 'Ana Alba' };
export const BEN: TeamsPerson = { id: '29:ben', name: 'Ben Bosch' };
export const TEAMS_BOT = { id: '28:00000000-0000-0000-0000-00000000b07e', name: 'VPN Bot' };

type Json = Readonly<Record<string, unknown>>;

/** A card as it is looked at in tests. */
export interface SeenCard {
  readonly body: readonly Json[];
}

/** What came back for a press: a card, words, or neither. */
export interface PressAnswer extends PostedAnswer {
  readonly card: SeenCard | undefined;
  readonly words: string | undefined;
}

/** One conversation in Teams as its service posts it to a bot. */
export class TeamsConversation {
  readonly id: string;

  constructor(
    private readonly botUrl: string,
    private readonly connector: FakeConnector,
    readonly kind: 'personal' | 'groupChat' | 'channel' = 'personal',
  ) {
    this.id = kind === 'channel' ? `19:${randomUUID()}@thread.tacv2;messageid=1` : `${randomUUID()}`;
  }

  /** Types words; where others read along the bot is mentioned. */
  say(text: string, from = ANA, id: string = randomUUID()): Promise<PostedAnswer> {
    return this.post({ type: 'message', id, ...this.words(text), textFormat: 'plain' }, from);
  }

  words(text: string): Json {
    if (this.kind === 'personal') return { text };
    const written = `<at>${TEAMS_BOT.name}</at>`;
    return { text: `${written} ${text}`, entities: [{ type: 'mention', mentioned: TEAMS_BOT, text: written }] };
  }

  /** Presses `action` of a card that the bot sent, with what stands in the card's fields. */
  async press(data: Json, from = ANA, replyToId = this.lastId()): Promise<PressAnswer> {
    const answer = await this.post(
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId,
        value: { action: { type: 'Action.Execute', verb: 'act', data }, trigger: 'manual' },
      },
      from,
    );
    const body = answer.body === '' ? {} : (JSON.parse(answer.body) as { type?: string; value?: unknown });
    return {
      ...answer,
      card: body.type === 'application/vnd.microsoft.card.adaptive' ? (body.value as SeenCard) : undefined,
      words: body.type === 'application/vnd.microsoft.activity.message' ? (body.value as string) : undefined,
    };
  }

  /** Presses the button with this title on the newest card. */
  click(title: string, from = ANA): Promise<PressAnswer> {
    const button = this.button(title);
    return this.press(button.data as Json, from);
  }

  button(title: string, card = this.card()): Json {
    const found = actionsOf(card).find((one) => one.title === title);
    if (found === undefined) {
      throw new Error(`no button "${title}" among: ${actionsOf(card).map((one) => one.title)}`);
    }
    return found;
  }

  /** What the bot sent or changed here, in order. */
  sent(): readonly SentActivity[] {
    return this.connector.requests
      .filter(({ conversation, activity }) => conversation === this.id && activity.type === 'message')
      .map(({ activity }) => activity);
  }

  /** The newest card. */
  card(): SeenCard {
    const cards = this.sent().flatMap(cardsOf);
    if (cards.length === 0) throw new Error('no card was sent');
    return cards.at(-1)!;
  }

  lastId(): string {
    return `sent-${this.connector.requests.length}`;
  }

  post(part: Json, from = ANA): Promise<PostedAnswer> {
    const isGroup = this.kind !== 'personal';
    return postJson(
      `${this.botUrl}/api/messages`,
      JSON.stringify({
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: this.connector.url,
        conversation: { id: this.id, conversationType: this.kind, ...(isGroup ? { isGroup } : {}) },
        from,
        recipient: TEAMS_BOT,
        timestamp: new Date().toISOString(),
        ...part,
      }),
    );
  }
}

export function cardsOf({ attachments = [] }: Json): SeenCard[] {
  return (attachments as readonly { contentType: string; content: SeenCard }[])
    .filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
    .map(({ content }) => content);
}

/** Every object of one kind inside a card, in order; `type` is the start of its type. */
export function partsOf(card: unknown, type: string): Json[] {
  if (Array.isArray(card)) return card.flatMap((one) => partsOf(one, type));
  if (typeof card !== 'object' || card === null) return [];
  const own = card as Json;
  const isOne = typeof own.type === 'string' && own.type.startsWith(type);
  return [
    ...(isOne ? [own] : []),
    ...Object.entries(own).flatMap(([name, value]) =>
      name === 'fallback' || name === 'data' ? [] : partsOf(value, type),
    ),
  ];
}

export function actionsOf(card: unknown): Json[] {
  return partsOf(card, 'Action.');
}

/** All words of a card, one text a line. */
export function wordsOf(card: unknown): string {
  return partsOf(card, 'TextBlock')
    .map(({ text }) => text)
    .join('\n');
}
