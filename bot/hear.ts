import { matchReply, spelledChoice } from '../dialogs/match-reply';
import { buildFindDefinition, type Definition } from '../knowledge/definition';
import { readFollowUp } from '../knowledge/follow-up';
import { messageKey } from '../knowledge/intent-matcher';
import { isQuestion } from '../knowledge/question-form';
import { buildReduceStory } from '../knowledge/reduce-story';
import { splitMessage } from '../knowledge/split-message';
import { buildTokenise } from '../knowledge/tokenise';
import type { Candidate, Understand, Understanding } from '../knowledge/understanding';
import { buildStemsOf } from '../knowledge/words';
import { parseAction, WHY } from './action';
import type { Content } from './content';
import { plainWords } from './foundation/normalise-text';
import { openQuestion } from './guide-turn';
import type { Heard, HeardDefinition, HeardFollowUp, HeardText } from './heard';
import { correctionIn, soundsLikeCorrection } from './in-guide';
import type { Memory } from './memory';
import type { UserMessage } from './user-message';

/** Turns a message into what was understood of it. */
export type Hear = (memory: Memory, message: UserMessage) => Promise<Heard>;

/** The address of a Markdown link, which nobody reads. */
const LINK = /\]\([^)]*\)/g;

/**
 * Builds the ear. `understand` is asked once for a plain message, once more for a follow-up, and once for each question where
 * there are several.
 */
export function buildHear(understand: Understand, content: Content): Hear {
  const toStems = buildStemsOf();
  const reduceStory = buildReduceStory(content.glossary, toStems);
  const findDefinition = buildFindDefinition(content.glossary, toStems);
  const tokenise = buildTokenise(content.glossary, toStems);
  const smalltalk = new Set(
    [...content.intents.values()].flatMap(({ kind, utterances }) =>
      kind === 'smalltalk' ? utterances.map(messageKey) : [],
    ),
  );
  const commands = new Set(
    [...content.intents.values()].flatMap(({ kind, utterances }) =>
      kind === 'command' ? utterances.map(messageKey) : [],
    ),
  );
  // Worked out for the first message that needs them: the content of a bot does not change.
  const tokensOf = { entry: new Map<string, ReadonlySet<string>>(), guide: new Map<string, ReadonlySet<string>>() };
  const isCourtesy = (sentence: string): boolean => smalltalk.has(messageKey(sentence));

  return async (memory, message) => {
    switch (message.kind) {
      case 'arrival':
      case 'unreadable':
        return message;
      case 'text':
        return hearReply(memory, message.text) ?? hearText(memory, message.text);
      case 'button': {
        const action = parseAction(message.action);
        // A button that some other bot or an older version made: its words are all we have.
        return action === undefined ? hearText(memory, message.label) : { kind: 'action', action };
      }
    }
  };

  /** Most of what is typed in a guide is an answer to its question. A command, and what names a button, is heard as such. */
  function hearReply(memory: Memory, text: string): Heard | undefined {
    const open = openQuestion(memory, content);
    if (open === undefined) return undefined;
    const { question } = open.position;
    const words = plainWords(text);
    // Where something else was offered since the question was asked, a number may name that.
    if (!memory.offers.some(({ action }) => action === WHY)) return undefined;
    if (memory.offers.some(({ label }) => plainWords(label) === words)) return undefined;
    if (soundsLikeCorrection(text) || correctionIn(open, text, isQuestion(text), content) !== undefined)
      return undefined;
    const match = matchReply(question, text, isQuestion(text));
    if (match.kind !== 'answer') return undefined;
    if (commands.has(messageKey(text)) && spelledChoice(question, text) === undefined) return undefined;
    return { kind: 'reply', question: question.id, reply: match };
  }

  async function hearText({ topic }: Memory, text: string): Promise<HeardText> {
    const short = reduceStory(text);
    const { parts, leftOut } = splitMessage(short, isCourtesy);
    const followUp = topic && parts.length < 2 ? readFollowUp(text, topic.question) : undefined;
    const several = parts.length < 2 ? [] : parts;
    const [whole, inContext, ...ofParts] = await Promise.all([
      understand(short),
      followUp && understand(followUp.query),
      ...several.map(({ query }) => understand(query)),
    ]);
    // "And PFS?" after "what is BGP?" asks for a meaning again.
    const again = topic?.term !== undefined && followUp !== undefined ? `${followUp.about}?` : '';
    const definition = findDefinition(text) ?? findDefinition(again);
    return {
      kind: 'text',
      understanding: { ...whole, text },
      parts: several.map((part, index) => ({
        text: part.text,
        alone: part.query === part.text,
        understanding: ofParts[index]!,
        definition: withEntries(findDefinition(part.text), ofParts[index]!),
      })),
      leftOut,
      followUp: followUp && inContext && { ...followUp, ...withNewsFirst(inContext, followUp.about) },
      definition: withEntries(definition, whole),
    };
  }

  /** The new words of a follow-up are what it is about: what does not speak of them cannot be what is asked. */
  function withNewsFirst(inContext: Understanding, about: string): Pick<HeardFollowUp, 'understanding' | 'onIt'> {
    const onIt = speakingOf(about, inContext.candidates);
    const others = inContext.candidates.filter((candidate) => !onIt.includes(candidate));
    return { understanding: { ...inContext, candidates: [...onIt, ...others] }, onIt: onIt.map(({ id }) => id) };
  }

  function withEntries(
    definition: Definition | undefined,
    { text, candidates }: Understanding,
  ): HeardDefinition | undefined {
    if (definition === undefined) return undefined;
    const entries = candidates.filter(({ kind }) => kind === 'entry');
    const answering = entries.filter(({ id }) => definition.bare || isWrittenFor(definition, text, id));
    return {
      ...definition,
      onIt: speakingOf(definition.item.term, entries),
      answeredBy: answering.map(({ id }) => id),
    };
  }

  function isWrittenFor({ item }: Definition, text: string, id: string): boolean {
    const entry = content.entries.get(id);
    const utterances = entry === undefined ? [] : [entry.title, ...entry.phrasings];
    const key = messageKey(text);
    return utterances.some((one) => messageKey(one) === key || findDefinition(one)?.item === item);
  }

  function speakingOf(words: string, candidates: readonly Candidate[]): readonly Candidate[] {
    const wanted = tokenise(words);
    return candidates.filter(({ kind, id }) => {
      const said = tokensSaid(kind, id);
      return wanted.every((token) => said.has(token));
    });
  }

  /** All that the content says of a candidate. */
  function tokensSaid(kind: Candidate['kind'], id: string): ReadonlySet<string> {
    const had = tokensOf[kind].get(id);
    if (had !== undefined) return had;
    const said = new Set((kind === 'entry' ? entryTexts(id) : guideTexts(id)).flatMap(tokenise));
    tokensOf[kind].set(id, said);
    return said;
  }

  function entryTexts(id: string): readonly string[] {
    const entry = content.entries.get(id);
    return entry === undefined ? [] : [entry.title, ...entry.phrasings, ...entry.body.replace(LINK, ']').split('\n')];
  }

  function guideTexts(id: string): readonly string[] {
    const guide = content.guides.get(id);
    return guide === undefined ? [] : [guide.title, ...guide.utterances, guide.description];
  }
}
