import type { Bot } from './bot';

/** A bot that can be exchanged for another one while people talk to it. */
export interface ExchangeableBot<T extends { readonly bot: Bot }> {
  /** Every turn is answered from beginning to end by the bot that served when it began. */
  readonly bot: Bot;
  /** What serves now. */
  current(): T;
  /** Lets `next` serve from the next turn on. Resolves once the last turn of the one before has ended. */
  exchange(next: T): Promise<void>;
}

/** Serves `first` until it is exchanged. */
export function buildExchangeableBot<T extends { readonly bot: Bot }>(first: T): ExchangeableBot<T> {
  let serving = { loaded: first, turns: new Set<Promise<unknown>>() };
  return {
    bot: {
      search: (query, limit) => serving.loaded.bot.search(query, limit),
      async respond(memory, message, during) {
        const { loaded, turns } = serving;
        const turn = loaded.bot.respond(memory, message, during);
        turns.add(turn);
        try {
          return await turn;
        } finally {
          turns.delete(turn);
        }
      },
    },
    current: () => serving.loaded,
    async exchange(next) {
      const { turns } = serving;
      serving = { loaded: next, turns: new Set() };
      await Promise.allSettled(turns);
    },
  };
}
