import type { Bot } from '../../bot/bot';
import { buildExchangeableBot } from '../../bot/exchangeable-bot';
import { NEW_MEMORY } from '../../bot/memory';
import type { TurnResult } from '../../bot/turn-result';
import { say, turn } from '../support/scripted-bot';

const HELLO = { kind: 'text', text: 'hello' } as const;

/** A bot that answers with its name once it is let go. */
function waitingBot(name: string): { readonly bot: Bot; readonly go: (failure?: Error) => void } {
  let go: (failure?: Error) => void = () => undefined;
  const gone = new Promise<void>((resolve, reject) => {
    go = (failure) => (failure === undefined ? resolve() : reject(failure));
  });
  const respond = async (): Promise<TurnResult> => {
    await gone;
    return turn(NEW_MEMORY, [say(name)]);
  };
  return { bot: { respond, search: () => [] }, go };
}

test('a turn ends with the bot that it began with, and the next one begins with the new bot', async () => {
  const [old, next] = [waitingBot('old'), waitingBot('new')];
  const serving = buildExchangeableBot(old);
  const inHand = serving.bot.respond(NEW_MEMORY, HELLO);
  let oldIsDone = false;
  const done = serving.exchange(next).then(() => {
    oldIsDone = true;
  });
  expect(serving.current()).toBe(next);
  next.go();
  expect((await serving.bot.respond(NEW_MEMORY, HELLO)).replies).toEqual([say('new')]);
  expect(oldIsDone).toBe(false);
  old.go();
  expect((await inHand).replies).toEqual([say('old')]);
  await done;
});

test('a turn that fails holds nothing up', async () => {
  const old = waitingBot('old');
  const serving = buildExchangeableBot(old);
  const inHand = serving.bot.respond(NEW_MEMORY, HELLO);
  const done = serving.exchange(waitingBot('new'));
  old.go(new Error('as told'));
  await expect(inHand).rejects.toThrow('as told');
  await done;
});

test('a bot that nobody talks to is done at once', async () => {
  await buildExchangeableBot(waitingBot('old')).exchange(waitingBot('new'));
});
