import type { Example } from '../../knowledge/classifier/classifier';

/** A small world of three intents and some sentences about other things, 8 of each. */
export const TOY_INTENTS: readonly Example[] = [
  [
    'card_arrival',
    'where is my card|my card has not arrived|when will the card come|card still not here|is my new card on its way|how long until my card arrives|the card I ordered is missing|track the delivery of my card',
  ],
  [
    'change_pin',
    'change my pin|how do I set a new pin|I forgot my pin|pin reset please|can I choose another pin|my pin must be changed|update the pin code|pick a different pin',
  ],
  [
    'top_up',
    'add money to my account|top up with a bank transfer|how can I top up|put money in|load my account with cash|top up failed|add funds|transfer money to top up',
  ],
  [
    'oos',
    'will it rain tomorrow|who won the match|recipe for pancakes|tell me a story|how tall is the tower|translate hello into french|play some music|what is the capital of peru',
  ],
].flatMap(([label, texts]) => texts!.split('|').map((text) => ({ text, label: label! })));

/**
 * Sentence vectors of four numbers that know what words are about, as a real encoder does. "plastic" and "courier" have the sense of
 * cards and deliveries although no example has them.
 */
export function toyVector(text: string): Float32Array {
  const topics = [/card|plastic|courier|deliver/, /pin|secret number/, /money|top up|fund|cash/, /./];
  const found = Float32Array.from(topics, (topic, index) => (topic.test(text) ? 1 : 0) * (index === 3 ? 0.2 : 1));
  const length = Math.sqrt(found.reduce((sum, number) => sum + number * number, 0)) || 1;
  return found.map((number) => number / length);
}

export const TOY_INTENTS_WITH_VECTORS: readonly Example[] = TOY_INTENTS.map((example) => ({
  ...example,
  vector: toyVector(example.text),
}));
