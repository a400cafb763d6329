import type { Entry } from '../../knowledge/entry';
import type { Intent } from '../../knowledge/intent';

export type MessageKind = 'faq' | 'guide' | 'smalltalk' | 'unknown';

export interface MixedMessage {
  readonly conversation: number;
  readonly kind: MessageKind;
  readonly text: string;
}

/** Message number `index` of a run over `conversations` conversations. The same arguments give the same message. */
export type MessageMix = (index: number, conversations: number) => MixedMessage;

/** Every fourth of the conversations begins with another row, so that all kinds come at any time. */
const SCRIPT: readonly (readonly MessageKind[])[] = [
  ['faq', 'faq', 'faq', 'faq'],
  ['guide', 'guide', 'guide', 'guide'],
  ['smalltalk', 'unknown', 'smalltalk', 'unknown'],
  ['faq', 'faq', 'faq', 'faq'],
];
const UNKNOWN = [
  'what is the weather like in Lisbon tomorrow',
  'translate good evening into Portuguese',
  'how long do I boil an egg',
  'who won the match last night?',
  'my printer is out of toner',
  'asdf qwer zxcv',
  'book me a table for two at eight',
  'is the invoice for March already paid',
  'does the cafeteria have vegetarian food today, and until when is it open?',
  'the quarterly report of the marketing department is still missing two figures',
];

/**
 * A mix of one half FAQ questions (phrasings of the entries), a quarter steps of a guide (start, two choices, cancel), an
 * eighth small talk and an eighth that no entry answers.
 */
export function buildMessageMix(content: {
  readonly entries: readonly Entry[];
  readonly intents: readonly Intent[];
  readonly guideTitle: string;
}): MessageMix {
  const pools: Readonly<Record<MessageKind, readonly string[]>> = {
    faq: content.entries.flatMap(({ phrasings }) => phrasings),
    guide: [content.guideTitle, '1', '2', 'cancel'],
    smalltalk: content.intents.filter(({ kind }) => kind === 'smalltalk').flatMap(({ utterances }) => utterances),
    unknown: UNKNOWN,
  };
  return (index, conversations) => {
    const conversation = index % conversations;
    const turn = Math.floor(index / conversations);
    const column = turn % 4;
    const kind = SCRIPT[(Math.floor(turn / 4) + conversation) % 4]![column]!;
    const pool = pools[kind];
    // A step by a large prime goes through a whole pool without an order that anybody could have sorted it in. Turn by turn it is
    // another one: the same question again within half a minute is taken for one message delivered twice.
    return { conversation, kind, text: pool[(kind === 'guide' ? column : (index + turn) * 7_919) % pool.length]! };
  };
}
