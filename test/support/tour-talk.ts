import { buildBot } from '../../bot/build-bot';
import type { Content } from '../../bot/content';
import type { Memory } from '../../bot/memory';
import { messageKey } from '../../knowledge/intent-matcher';
import { isQuestion } from '../../knowledge/question-form';
import type { Candidate, Understand } from '../../knowledge/understanding';
import { type Conversation, converse } from './conversation';
import { sampleUnderstanding } from './sample-understanding';
import { BATTERY, CHAIN, TYRE } from './tiny-content';
import { tourContent } from './tour-guide';

export const [BICYCLE, TOUR, TRACKER] = ['which-bicycle', 'plan-a-tour', 'bike-tracker'];

/** What some words are about, with confidence: 0.9 is answered, 0.3 is offered; and a guide that is offered beside it. */
const TOPICS: readonly (readonly [words: RegExp, id: string, confidence: number, beside?: string])[] = [
  [/tyre.*tour/i, TYRE.id, 0.9, TOUR],
  [/maybe a tour/i, TOUR, 0.3],
  [/which bicycle/i, BICYCLE, 0.9],
  [/tracker/i, TRACKER, 0.9],
  [/tour/i, TOUR, 0.9],
  [/tyre/i, TYRE.id, 0.9],
  [/battery/i, BATTERY.id, 0.9],
  [/chain/i, CHAIN.id, 0.9],
];

/** Understands guides and entries by one word, and intents to the letter. */
export function understandTours(content: Content): Understand {
  return async (text) => {
    const key = messageKey(text);
    const intent = [...content.intents.values()].find(({ utterances }) => utterances.map(messageKey).includes(key));
    const [, id = '', confidence = 0, beside = ''] = TOPICS.find(([words]) => words.test(text)) ?? [];
    return sampleUnderstanding({
      text,
      candidates: [...candidatesFor(id, confidence, content), ...candidatesFor(beside, 0.3, content)],
      intent: intent && key !== '' ? { id: intent.id, kind: intent.kind, confidence: 1, exact: true } : undefined,
      isQuestion: isQuestion(text),
    });
  };
}

function candidatesFor(id: string, confidence: number, content: Content): Candidate[] {
  const guide = content.guides.get(id);
  const title = guide?.title ?? content.entries.get(id)?.title;
  const kind = guide === undefined ? ('entry' as const) : ('guide' as const);
  return title === undefined ? [] : [{ kind, id, title, score: confidence * 10, confidence }];
}

/** A conversation about tours in which these texts were typed; it may go on from a memory, with other content. */
export async function tourTalk(
  texts: readonly string[] = [],
  { content = tourContent(), memory }: { readonly content?: Content; readonly memory?: Memory | undefined } = {},
): Promise<Conversation> {
  const talk = converse(buildBot(understandTours(content), content), memory);
  for (const text of texts) await talk.type(text);
  return talk;
}
