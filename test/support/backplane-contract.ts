import { setTimeout as delay } from 'node:timers/promises';
import type { Backplane } from '../../bot/channel/backplane/backplane';
import { until } from './until';

/** A promise, and what resolves it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Tests what every backplane promises, on as many processes' backplanes as `build` makes. */
export function describeBackplane(
  name: string,
  build: () => Promise<{ readonly replicas: readonly Backplane[]; close(): Promise<void> }>,
): void {
  describe(`the backplane of ${name}`, () => {
    let built: Awaited<ReturnType<typeof build>>;
    let replicas: readonly Backplane[];
    beforeAll(async () => {
      built = await build();
      replicas = built.replicas;
    });
    afterAll(() => built.close());
    const any = (index: number): Backplane => replicas[index % replicas.length]!;

    test('runs the works of a key one after the other, whoever is asked, and those of one process in order', async () => {
      const running = new Map<string, number>();
      const ran: number[] = [];
      let most = 0;
      let atOnce = 0;
      await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          any(index).exclusively(`key ${Math.floor(index / replicas.length) % 10}`, async () => {
            const key = String(Math.floor(index / replicas.length) % 10);
            running.set(key, (running.get(key) ?? 0) + 1);
            atOnce += 1;
            expect(running.get(key)).toBe(1);
            most = Math.max(most, atOnce);
            await delay(1);
            atOnce -= 1;
            running.set(key, 0);
            ran.push(index);
          }),
        ),
      );
      expect(ran).toHaveLength(200);
      expect(most).toBeGreaterThan(1);
      for (let replica = 0; replica < replicas.length; replica++) {
        for (let key = 0; key < 10; key++) {
          const own = ran.filter(
            (index) => index % replicas.length === replica && Math.floor(index / replicas.length) % 10 === key,
          );
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
      }
      for (const replica of replicas) {
        await replica.idle();
        expect(replica.size()).toBe(0);
      }
    });

    test('lets nobody who waits be overtaken for ever by a process with much to do', async () => {
      const order: string[] = [];
      const { opened, open } = gate();
      const first = any(0).exclusively('shared', () => opened);
      const own = Array.from({ length: 5 }, (_, n) =>
        any(0).exclusively('shared', async () => void order.push(`a${n}`)),
      );
      const others = any(1).exclusively('shared', async () => void order.push('b'));
      await delay(50);
      open();
      await Promise.all([first, ...own, others]);
      expect(order.filter((one) => one !== 'b')).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
      if (replicas.length > 1) expect(order.indexOf('b')).toBeLessThanOrEqual(1);
    });

    test('settles as the work does, and goes on after one that fails', async () => {
      await expect(
        any(0).exclusively('k', async () => {
          throw new Error('boom');
        }),
      ).rejects.toThrow('boom');
      expect(await any(1).exclusively('k', async () => 'fine')).toBe('fine');
    });

    test('lets everybody hear once what is published, in order, until he listens no more', async () => {
      const heard: string[][] = replicas.map(() => []);
      const listening = await Promise.all(
        replicas.map((one, index) => one.subscribe('topic', (text) => heard[index]!.push(text))),
      );
      const twice = await any(0).subscribe('topic', () => undefined);
      const texts = Array.from({ length: 50 }, (_, n) => `text ${n} {"a":"b c"}`);
      for (const text of texts) any(0).publish('topic', text);
      any(0).publish('other', 'not this');
      await until(() => heard.every((one) => one.length >= 50));
      await listening[0]!.end();
      any(1).publish('topic', 'last');
      if (replicas.length > 1) await until(() => heard[1]!.length >= 51);
      await delay(30);
      expect(heard[0]).toEqual(texts);
      for (const one of heard.slice(1)) expect(one).toEqual([...texts, 'last']);
      for (const one of [...listening, twice]) one.end();
    });

    test('hears again after all listeners of a topic had gone', async () => {
      const heard: string[] = [];
      for (let round = 0; round < 3; round++) {
        const listening = await any(0).subscribe('again', (text) => heard.push(text));
        any(1).publish('again', String(round));
        await until(() => heard.length === round + 1);
        listening.end();
      }
      expect(heard).toEqual(['0', '1', '2']);
    });

    test('counts a limit over all processes, each key and name by itself, and says when there is room', async () => {
      const limits = replicas.map((one) => one.rateLimit('test', 30));
      const taken = await Promise.all(
        Array.from({ length: 31 }, (_, index) => limits[index % limits.length]!.take('someone')),
      );
      expect(taken.filter((one) => one === undefined)).toHaveLength(30);
      expect(taken.filter((one) => one !== undefined)).toEqual([2]);
      expect(await limits[0]!.take('someone else')).toBeUndefined();
      expect(await any(0).rateLimit('another', 30).take('someone')).toBeUndefined();
    });

    test('fills a bucket up evenly', async () => {
      const limit = any(0).rateLimit('fast', 240);
      await Promise.all(Array.from({ length: 250 }, () => limit.take('k')));
      expect(await limit.take('k')).toBe(1);
      await until(async () => (await limit.take('k')) === undefined);
    });
  });
}
