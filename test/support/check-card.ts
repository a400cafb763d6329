import type { AdaptiveCard, SerializationContext } from 'adaptivecards';

// Its ES modules cannot be loaded by Node.
const cards = require('adaptivecards/dist/adaptivecards.js') as {
  readonly AdaptiveCard: new () => AdaptiveCard;
  readonly SerializationContext: new () => SerializationContext;
};

/** What the library that draws Adaptive Cards has against a card; empty for a good one. */
export function faultsOfCard(card: unknown): string[] {
  const context = new cards.SerializationContext();
  const parsed = new cards.AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const noticed = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...noticed, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}
