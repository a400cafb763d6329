import type { Content } from '../../bot/content';
import { messageKey } from '../../knowledge/intent-matcher';
import { isQuestion } from '../../knowledge/question-form';
import type { Understand } from '../../knowledge/understanding';
import { sampleUnderstanding } from './sample-understanding';

/** Ids with confidence, best first. */
export type Found = readonly (readonly [id: string, confidence: number])[];

/**
 * Understands the texts it is told of, whatever their capitals and signs, and nothing else; intents to the letter. Every text
 * that it is asked for is in `asked`.
 */
export function scriptedUnderstand(
  content: Content,
  texts: Readonly<Record<string, Found>>,
): Understand & { readonly asked: string[] } {
  const known = new Map(Object.entries(texts).map(([text, found]) => [messageKey(text), found]));
  const asked: string[] = [];
  const understand: Understand = async (text) => {
    asked.push(text);
    const key = messageKey(text);
    const intent = [...content.intents.values()].find(({ utterances }) => utterances.map(messageKey).includes(key));
    return sampleUnderstanding({
      text,
      candidates: (known.get(key) ?? []).map(([id, confidence]) => {
        const guide = content.guides.get(id);
        const title = guide?.title ?? content.entries.get(id)?.title ?? id;
        return { kind: guide === undefined ? 'entry' : 'guide', id, title, score: confidence, confidence } as const;
      }),
      intent: intent && key !== '' ? { id: intent.id, kind: intent.kind, confidence: 1, exact: true } : undefined,
      isQuestion: isQuestion(text),
    });
  };
  return Object.assign(understand, { asked });
}
