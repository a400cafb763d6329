import { type Activity, ActivityTypes } from 'botbuilder';
import type { TurnResult } from '../../turn-result';
import type { UserMessage } from '../../user-message';

const QNA_TRACE_TYPE = 'https://www.qnamaker.ai/schemas/trace';
const KNOWLEDGE_BASE = 'faq';
const GUIDES = 'guides';

/** Finds the title of an entry by its id; `undefined` for one there is not. */
export type Titles = Pick<ReadonlyMap<string, string>, 'get'>;

/**
 * The trace that fills the Emulator's QnA inspector: which entries and guides were considered for a typed question, best first,
 * with their confidence in percent. `undefined` where nothing was looked for: buttons, small talk, answers to a guide's question.
 */
export function qnaTrace(message: UserMessage, result: TurnResult, titles: Titles): Partial<Activity> | undefined {
  const { outcome, replies } = result;
  if (message.kind !== 'text' || !wasSearched(outcome)) return undefined;
  return {
    type: ActivityTypes.Trace,
    timestamp: new Date(),
    name: 'QnAMaker',
    label: 'QnAMaker Trace',
    valueType: QNA_TRACE_TYPE,
    value: {
      message: { type: ActivityTypes.Message, text: message.text },
      knowledgeBaseId: KNOWLEDGE_BASE,
      queryResults: considered(outcome, titles).map(({ id, title, confidence, source, metadata }) => ({
        questions: [title],
        answer: bodyOf(replies, id),
        score: Math.round(confidence * 1000) / 10,
        metadata,
        source,
        id,
      })),
      // Beyond what the inspector shows: the whole explanation, for whoever opens the activity's JSON.
      explanation: outcome.explanation,
    },
  };
}

function wasSearched({ kind, explanation }: TurnResult['outcome']): boolean {
  if (kind === 'guide') return explanation !== undefined && explanation.candidates.length > 0;
  return kind === 'answer' || kind === 'clarify' || kind === 'fallback';
}

interface Considered {
  readonly id: string;
  readonly title: string;
  readonly confidence: number;
  readonly source: string;
  /** What speaks for it, as the inspector shows it: names and values. */
  readonly metadata: readonly { readonly name: string; readonly value: string }[];
}

/** What was explained, guides among it; then the entries that stood too far behind to be explained. */
function considered({ answers, explanation }: TurnResult['outcome'], titles: Titles): Considered[] {
  const explained = (explanation?.candidates ?? []).map(({ kind, id, title, confidence, evidence }) => ({
    id,
    title,
    confidence,
    source: kind === 'guide' ? GUIDES : KNOWLEDGE_BASE,
    metadata: metadataOf(evidence),
  }));
  const others = answers
    .filter(({ id }) => !explained.some((one) => one.source === KNOWLEDGE_BASE && one.id === id))
    .map(({ id, confidence }) => ({
      id,
      title: titles.get(id) ?? id,
      confidence,
      source: KNOWLEDGE_BASE,
      metadata: [],
    }));
  return [...explained, ...others];
}

function metadataOf(evidence: object | undefined): Considered['metadata'] {
  return Object.entries(evidence ?? {}).map(([name, value]: [string, unknown]) => ({
    name,
    value: typeof value === 'number' ? value.toFixed(3) : Array.isArray(value) ? value.join(' ') : String(value),
  }));
}

function bodyOf(replies: TurnResult['replies'], id: string): string {
  for (const reply of replies) if (reply.kind === 'answer' && reply.entryId === id) return reply.body;
  return '';
}
