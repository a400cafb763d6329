import type { Thresholds } from '../knowledge/trained-model';
import type { Candidate, Understanding } from '../knowledge/understanding';
import type { Command } from './action';
import { plainWords } from './foundation/normalise-text';
import { speaksOfConversation } from './privacy-words';

/** What to do about a text, before anything is said. */
export type Decision =
  | { readonly kind: 'command'; readonly intent: string }
  | { readonly kind: 'smalltalk'; readonly intent: string }
  /** `guide`: one that may be what is wanted instead, to be offered beside the answer. */
  | { readonly kind: 'answer'; readonly candidate: Candidate; readonly guide: Candidate | undefined }
  /** `uncovered`: what the text seems to be about although nothing we know answers it. */
  | { readonly kind: 'clarify'; readonly candidates: readonly Candidate[]; readonly uncovered: string | undefined }
  /** `guide`: one that may lead on all the same. */
  | { readonly kind: 'fallback'; readonly uncovered: string | undefined; readonly guide: Candidate | undefined };

/** A guide costs little where it is one button beside others. */
const OFFER_GUIDE_AT = 0.1;
/** More likely than not. */
const LIKELY = 0.5;
const HALF = 0.5;
/** Most candidates offered as a choice. */
const MAX_OFFERED = 3;
const OF_CONVERSATION: ReadonlySet<string> = new Set<Command>(['transcript', 'delete-data']);

/**
 * Decides what a text asks for. An intent to the letter wins; any other yields to a candidate that would be answered, so the FAQ
 * wins over small talk.
 */
export function decide(understanding: Understanding): Decision {
  const { text, candidates, thresholds, uncovered } = understanding;
  const intent = credibleIntent(understanding);
  const { offerAt } = thresholds;
  const entry = candidates.find(({ kind }) => kind === 'entry');
  const guide = candidates.find(({ kind }) => kind === 'guide');
  // A guide's title is the label of its button.
  const named = guide !== undefined && plainWords(guide.title) === plainWords(text) ? guide : undefined;
  const found = named ?? outright(entry, guide, candidates[0]?.kind === 'guide', thresholds);
  const yields = found !== undefined && found.confidence >= (intent?.confidence ?? 0);
  if (intent !== undefined && (intent.exact || !yields)) {
    return { kind: intent.kind, intent: intent.id };
  }
  const beside = guide !== undefined && guide.confidence >= OFFER_GUIDE_AT ? guide : undefined;
  if (found !== undefined) {
    return { kind: 'answer', candidate: found, guide: found.kind === 'entry' ? beside : undefined };
  }
  const offered = candidates.filter(({ confidence }) => confidence >= offerAt).slice(0, MAX_OFFERED);
  // Where nothing is known, a guide that has only some word of the question is no way on.
  const covered = beside?.evidence === undefined || beside.evidence.coverage >= HALF;
  if (offered.length === 0) return { kind: 'fallback', uncovered, guide: covered ? beside : undefined };
  // A single question stays one that "yes" answers.
  const missing = beside !== undefined && offered.length > 1 && !offered.includes(beside);
  return { kind: 'clarify', candidates: missing ? [...offered.slice(0, MAX_OFFERED - 1), beside] : offered, uncovered };
}

/** The intent, but for one that has to speak of the conversation and does not. */
function credibleIntent({ text, intent }: Understanding): Understanding['intent'] {
  if (intent === undefined || intent.exact || !OF_CONVERSATION.has(intent.id)) return intent;
  return speaksOfConversation(text) ? intent : undefined;
}

/** What is sure enough to be given at once: a guide where it is likelier than every entry, else an entry. */
function outright(
  entry: Candidate | undefined,
  guide: Candidate | undefined,
  guideLeads: boolean,
  { answerAt, startAt }: Thresholds,
): Candidate | undefined {
  const rival = entry?.confidence ?? 0;
  if (guide !== undefined && guide.confidence >= startAt && guide.confidence > rival) return guide;
  if (entry === undefined || entry.confidence < answerAt) return undefined;
  // A guide that leads, and is what is wanted rather than not, is worth asking back for. Word for word both, the answer is given.
  const doubtful = guideLeads && guide !== undefined && guide.confidence >= LIKELY && guide.confidence !== rival;
  return doubtful ? undefined : entry;
}
