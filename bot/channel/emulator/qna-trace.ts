import { type Activity, ActivityTypes } from 'botbuilder';
import type { TurnResult } from '../../turn-result';
import type { UserMessage } from '../../user-message';

const QNA_TRACE_TYPE = 'https://www.qnamaker.ai/schemas/trace';
const KNOWLEDGE_BASE = 'faq';

/** Finds the title of an entry by its id; `undefined` for one there is not. */
export type Titles = Pick<ReadonlyMap<string, string>, 'get'>;

/**
 * The trace that fills the Emulator's QnA inspector: which entries were considered for a typed question, with their
 * confidence in percent. `undefined` where no entry was looked for.
 */
export function qnaTrace(message: UserMessage, result: TurnResult, titles: Titles): Partial<Activity> | undefined {
  const { outcome, replies } = result;
  const searched = outcome.kind === 'answer' || outcome.kind === 'clarify' || outcome.kind === 'fallback';
  if (message.kind !== 'text' || !searched) return undefined;
  return {
    type: ActivityTypes.Trace,
    timestamp: new Date(),
    name: 'QnAMaker',
    label: 'QnAMaker Trace',
    valueType: QNA_TRACE_TYPE,
    value: {
      message: { type: ActivityTypes.Message, text: message.text },
      knowledgeBaseId: KNOWLEDGE_BASE,
      queryResults: outcome.answers.map(({ id, confidence }) => ({
        questions: [titles.get(id) ?? id],
        answer: bodyOf(replies, id),
        score: Math.round(confidence * 1000) / 10,
        metadata: metadataOf(outcome.explanation, id),
        source: KNOWLEDGE_BASE,
        id,
      })),
      // Beyond what the inspector shows: the whole explanation, for whoever opens the activity's JSON.
      explanation: outcome.explanation,
    },
  };
}

/** What speaks for an entry, as the inspector shows it: names and values. */
function metadataOf(
  explanation: TurnResult['outcome']['explanation'],
  id: string,
): { readonly name: string; readonly value: string }[] {
  const evidence = explanation?.candidates.find((candidate) => candidate.id === id)?.evidence;
  if (evidence === undefined) return [];
  return Object.entries(evidence).map(([name, value]) => ({
    name,
    value: typeof value === 'number' ? value.toFixed(3) : Array.isArray(value) ? value.join(' ') : String(value),
  }));
}

function bodyOf(replies: TurnResult['replies'], id: string): string {
  for (const reply of replies) if (reply.kind === 'answer' && reply.entryId === id) return reply.body;
  return '';
}
