import { buildBot } from '../../bot/build-bot';
import type { Content } from '../../bot/content';
import type { TurnResult } from '../../bot/turn-result';
import type { Intent } from '../../knowledge/intent';
import { type Conversation, converse } from './conversation';
import { type Found, scriptedUnderstand } from './scripted-understand';
import { BATTERY, CHAIN, TYRE, tinyContent } from './tiny-content';

/*
 * The confidences: 0.95 is answered, 0.3 is offered, 0.15 is only worth a second offer. What lies near a threshold is not tested
 * here.
 */
export const [SURE, UNSURE, FAINT] = [0.95, 0.3, 0.15];
export const GUIDE = 'which-bicycle';

const DISSATISFIED: Intent = {
  id: 'dissatisfied',
  kind: 'smalltalk',
  utterances: ['wrong answer', 'that’s not what I asked', 'none of these'],
  reply: 'I am sorry.',
  file: 'intents/dissatisfied.yaml',
};
export const CONTENT = tinyContent({
  intents: new Map([...tinyContent().intents, [DISSATISFIED.id, DISSATISFIED]]),
  glossary: [
    { term: 'e-bike', aliases: ['pedelec'], meaning: 'A bicycle with a motor that helps.', broader: undefined },
    {
      term: 'derailleur',
      aliases: ['rear mech'],
      meaning: 'The part that moves the chain between gears.',
      broader: undefined,
    },
  ],
});

const TEXTS: Readonly<Record<string, Found>> = {
  'How long does a tyre last?': [
    [TYRE.id, SURE],
    [CHAIN.id, FAINT],
    [BATTERY.id, FAINT],
  ],
  'What about the life of a tyre?': [
    [TYRE.id, SURE],
    [BATTERY.id, UNSURE],
  ],
  'When do I need new tyres?': [
    [TYRE.id, SURE],
    [BATTERY.id, UNSURE],
  ],
  'How do I oil a chain?': [[CHAIN.id, SURE]],
  'How far does a battery go?': [[BATTERY.id, SURE]],
  'Which bicycle fits me?': [[GUIDE, SURE]],
  'What is cheap?': [
    [TYRE.id, UNSURE],
    [CHAIN.id, UNSURE],
    [BATTERY.id, FAINT],
  ],
  'Is a chain or a battery heavy?': [
    [CHAIN.id, UNSURE],
    [BATTERY.id, UNSURE],
  ],
};

/** A conversation with a bot that knows a few questions about bicycles and those of `texts`; `asked` is what it looked up. */
export function begin(
  texts: Readonly<Record<string, Found>> = {},
  changes: Partial<Content> = {},
): Conversation & { readonly asked: string[] } {
  const content = { ...CONTENT, ...changes };
  const understand = scriptedUnderstand(content, { ...TEXTS, ...texts });
  return Object.assign(converse(buildBot(understand, content)), { asked: understand.asked });
}

/** The entries that a turn answers with. */
export const answersOf = ({ replies }: TurnResult): string[] =>
  replies.flatMap((reply) => (reply.kind === 'answer' ? reply.entryId : []));
