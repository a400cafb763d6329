import type { Attachment, InvokeResponse } from 'botbuilder';
import * as v from 'valibot';
import type { Bot } from '../../bot';
import type { FoundAnswer } from '../../faq-search';
import { phrases } from '../../phrases';
import type { SentAnswers } from '../sent-answers';
import { answerAttachment } from './message-extension-card';
import { SEARCH_COMMAND, SEARCH_PARAMETER } from './search-command';

export interface MessageExtensionParts {
  readonly bot: Pick<Bot, 'search'>;
  readonly answers: Pick<SentAnswers, 'countOf'>;
}

/** Teams asks for 25 results at once, and for no more than four times as many. */
const MAX_PAGE = 25;
const MAX_RESULTS = 100;
/** Where a client names no number. */
const DEFAULT_PAGE = 10;

const count = (otherwise: number) => v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), otherwise);

const QueryValue = v.object({
  commandId: v.literal(SEARCH_COMMAND),
  parameters: v.fallback(v.array(v.object({ name: v.string(), value: v.unknown() })), []),
  queryOptions: v.fallback(v.object({ skip: count(0), count: count(DEFAULT_PAGE) }), { skip: 0, count: DEFAULT_PAGE }),
});

/**
 * Builds what answers `composeExtension/query`, which comes at each key press in the search of a message that is being written: one page of answers, each as a
 * line of the list and as the card that is put into the message. Without a query those that are asked most: first what was given most often
 * since the start, then what the content names. A value that is no such query gets a 400.
 */
export function buildAnswerFaqQuery(parts: MessageExtensionParts): (value: unknown) => InvokeResponse {
  // Cards are made once: the same answers are found again at each key press. They go with the content that they were made of.
  const made = new WeakMap<FoundAnswer, Attachment>();
  return (value) =>
    answerFaqQuery(value, parts, (answer) => {
      const had = made.get(answer);
      if (had !== undefined) return had;
      const attachment = answerAttachment(answer);
      made.set(answer, attachment);
      return attachment;
    });
}

function answerFaqQuery(
  value: unknown,
  parts: MessageExtensionParts,
  attachmentOf: (answer: FoundAnswer) => Attachment,
): InvokeResponse {
  const parsed = v.safeParse(QueryValue, value);
  if (!parsed.success) return { status: 400, body: { code: 'BadRequest', message: phrases.searchUnknown } };
  const { parameters, queryOptions } = parsed.output;
  const typed = parameters.find(({ name }) => name === SEARCH_PARAMETER)?.value;
  const query = typeof typed === 'string' ? typed.trim() : '';
  const end = Math.min(queryOptions.skip + Math.min(queryOptions.count, MAX_PAGE), MAX_RESULTS);
  const found = query === '' ? mostAsked(parts) : parts.bot.search(query, end);
  if (found.length === 0) return resultOf({ type: 'message', text: phrases.searchFoundNothing });
  const attachments = found.slice(queryOptions.skip, end).map(attachmentOf);
  return resultOf({ type: 'result', attachmentLayout: 'list', attachments });
}

function mostAsked({ bot, answers }: MessageExtensionParts): readonly FoundAnswer[] {
  const all = bot.search('', Number.MAX_SAFE_INTEGER);
  return all.toSorted((one, other) => answers.countOf(other.id) - answers.countOf(one.id));
}

function resultOf(composeExtension: Readonly<Record<string, unknown>>): InvokeResponse {
  return { status: 200, body: { composeExtension } };
}
