import fc from 'fast-check';
import { buildTurnQueue } from '../../../../bot/channel/backplane/turn-queue';

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('the turn queue', () => {
  test('runs the turns of one conversation one after the other, in order', async () => {
    const queue = buildTurnQueue();
    const events: string[] = [];
    const turn = (name: string) => async (): Promise<string> => {
      events.push(`${name} begins`);
      await new Promise(setImmediate);
      events.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([queue.run('k', turn('a')), queue.run('k', turn('b'))])).toEqual(['a', 'b']);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('runs different conversations side by side', async () => {
    const queue = buildTurnQueue();
    const { opened, open } = gate();
    const slow = queue.run('slow', () => opened);
    await queue.run('quick', async () => undefined);
    expect(queue.size()).toBe(1);
    open();
    await slow;
  });

  test('goes on after a turn that fails, and tells its caller', async () => {
    const queue = buildTurnQueue();
    const failing = queue.run('k', async () => {
      throw new Error('boom');
    });
    const next = queue.run('k', async () => 'fine');
    await expect(failing).rejects.toThrow('boom');
    expect(await next).toBe('fine');
  });

  test('goes on after a turn that throws before its first await', async () => {
    const queue = buildTurnQueue();
    await expect(
      queue.run('k', () => {
        throw new Error('boom');
      }),
    ).rejects.toThrow('boom');
    expect(await queue.run('k', async () => 'fine')).toBe('fine');
  });

  test('is idle at once when empty, and otherwise after the last turn', async () => {
    const queue = buildTurnQueue();
    await queue.idle();
    const { opened, open } = gate();
    const events: string[] = [];
    const running = queue.run('k', () => opened).then(() => events.push('turn'));
    const idle = Promise.all([queue.idle(), queue.idle()]).then(() => events.push('idle'));
    await new Promise(setImmediate);
    expect(events).toEqual([]);
    open();
    await Promise.all([running, idle]);
    expect(events).toEqual(['turn', 'idle']);
    expect(queue.size()).toBe(0);
  });

  test('never lets two turns of a conversation overlap and keeps their order, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), waits: fc.nat(3), fails: fc.boolean() }), {
          maxLength: 30,
        }),
        async (turns) => {
          const queue = buildTurnQueue();
          const running = new Map<string, number>();
          const done: { key: string; index: number }[] = [];
          await Promise.allSettled(
            turns.map(({ key, waits, fails }, index) =>
              queue.run(key, async () => {
                expect(running.get(key) ?? 0).toBe(0);
                running.set(key, 1);
                for (let wait = 0; wait < waits; wait++) await new Promise(setImmediate);
                running.set(key, 0);
                done.push({ key, index });
                if (fails) throw new Error('boom');
              }),
            ),
          );
          for (const key of ['a', 'b', 'c']) {
            const order = done.filter((turn) => turn.key === key).map(({ index }) => index);
            expect(order).toEqual(turns.flatMap((turn, index) => (turn.key === key ? [index] : [])));
          }
          expect(queue.size()).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });
});
