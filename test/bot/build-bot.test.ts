import { buildBot } from '../../bot/build-bot';
import { tinyContent, understandTiny } from '../support/tiny-content';

describe('the bot', () => {
  const heard: string[] = [];
  const bot = buildBot(async (text) => {
    heard.push(text);
    return understandTiny(text);
  }, tinyContent());

  beforeEach(() => {
    heard.length = 0;
  });

  test('begins a conversation where no memory is given', async () => {
    const { memory } = await bot.respond(undefined, { kind: 'text', text: 'chain' });
    expect(memory).toMatchObject({ version: 3, greeted: true, misses: 0 });
  });

  test('does not try to understand a button that it made', async () => {
    await bot.respond(undefined, { kind: 'button', action: 'command:help', label: 'how do I oil a chain?' });
    expect(heard).toEqual([]);
  });

  test('takes the words of a button that it did not make', async () => {
    await bot.respond(undefined, { kind: 'button', action: '{"a":1}', label: 'how do I oil a chain?' });
    expect(heard).toEqual(['how do I oil a chain?']);
  });

  test('keeps conversations apart', async () => {
    const guided = await bot.respond(undefined, { kind: 'text', text: 'which bike' });
    const other = await bot.respond(undefined, { kind: 'text', text: 'chain' });
    expect(other.memory.guide).toBeUndefined();
    expect((await bot.respond(guided.memory, { kind: 'text', text: 'asphalt' })).replies).toMatchObject([{ step: 2 }]);
  });
});
