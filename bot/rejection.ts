import type { Content } from './content';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { commandButton, entryChoice, humanButtons, textReply, waysToGuides } from './replies';
import type { Button, Reply } from './reply';
import { OFFER_HUMAN_AFTER, type Said } from './said';
import { leftToOffer, turnedDown } from './topic';

/**
 * What to say when the person turned down what was given: the next candidates the first time, then ways on, which are other words,
 * a guide, a human. `words` are said where nothing is left to offer; `after` is said after all.
 */
export function turnDown(memory: Memory, content: Content, words: string, after: readonly Reply[] = []): Said {
  const { topic } = memory;
  const misses = memory.misses + 1;
  const missed = topic !== undefined &&
    topic.shown.length > 0 && { miss: { question: topic.asked, candidates: topic.shown } };
  const rejected = topic && turnedDown(topic);
  // Twice is trying, three times is guessing.
  const isFirst = topic?.rejected.length === 0;
  const next = isFirst ? leftToOffer(rejected!).flatMap((id) => content.entries.get(id) ?? []) : [];
  if (next.length > 0) {
    return {
      kind: 'clarify',
      replies: [entryChoice(phrases.nextBest(next.length), next), ...after],
      memory: { topic: { ...rejected!, shown: next.map(({ id }) => id) }, misses },
      confidence: 0,
      ...missed,
    };
  }
  return {
    kind: 'fallback',
    replies: [textReply(words, waysOn(misses, content)), ...after],
    memory: { topic: rejected, misses },
    confidence: 0,
    ...missed,
  };
}

/** "I have nothing better", where all that was found had been turned down before; it stays turned down. */
export function onlyTurnedDown(memory: Memory, content: Content): Said {
  const buttons = waysOn(memory.misses + 1, content);
  return { kind: 'fallback', replies: [textReply(phrases.onlyTurnedDown, buttons)], confidence: 0 };
}

/** Guides and a human; the human first where it went wrong more than once. */
function waysOn(misses: number, content: Content): readonly Button[] {
  const human = humanButtons(content);
  const guides = waysToGuides(content);
  if (human.length + guides.length === 0) return [commandButton('what-can-you-do')];
  return misses >= OFFER_HUMAN_AFTER ? [...human, ...guides] : [...guides, ...human];
}
