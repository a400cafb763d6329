import type { Entry } from '../knowledge/entry';
import type { SearchEntries } from '../knowledge/search-entries';
import type { Content } from './content';
import { answerReply } from './replies';
import type { Source } from './reply';

/** An answer that a search found. */
export interface FoundAnswer {
  readonly id: string;
  readonly title: string;
  /** Markdown whose links are all absolute addresses. */
  readonly body: string;
  /** ISO date the facts are valid as of; `undefined` where the source has none. */
  readonly asOf: string | undefined;
  /** Where the facts come from, for people who want to read on; `undefined` where no page is known. */
  readonly source: Source | undefined;
}

/** Finds answers for what is being typed, best first, at most `limit`. Takes milliseconds, never throws. */
export type FaqSearch = (query: string, limit: number) => readonly FoundAnswer[];

/** Builds the search over the entries of `content`. An empty query finds all of them: those that are asked most, then the others in their order. */
export function buildFaqSearch(search: SearchEntries, content: Content): FaqSearch {
  const all = new Set([...content.mostAsked, ...content.entries.keys()]);
  // Made once an entry: the same ones are found again at each key press.
  const answers = new Map<string, FoundAnswer>();
  const answerOf = (entry: Entry): FoundAnswer => {
    const had = answers.get(entry.id);
    if (had !== undefined) return had;
    const made = foundAnswer(entry, content);
    answers.set(entry.id, made);
    return made;
  };
  return (query, limit) => {
    const ids = query.trim() === '' ? [...all] : search(query, limit);
    return ids
      .flatMap((id) => content.entries.get(id) ?? [])
      .slice(0, Math.max(0, limit))
      .map(answerOf);
  };
}

function foundAnswer(entry: Entry, content: Content): FoundAnswer {
  const reply = answerReply(entry, content, '');
  return {
    id: entry.id,
    title: entry.title,
    body: reply.kind === 'answer' ? reply.body : entry.body,
    asOf: entry.asOf,
    source: reply.kind === 'answer' ? reply.source : undefined,
  };
}
