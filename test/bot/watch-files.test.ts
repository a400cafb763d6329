import { changedFiles, type FileStamps } from '../../bot/content-files';
import { watchFiles } from '../../bot/watch-files';

/** Files that a test changes, and the calls that a watch of them made. */
function watched(onCall: (call: number) => Promise<void> = async () => undefined) {
  let stamps: FileStamps = new Map([['a', '1']]);
  let looks = 0;
  const calls: (readonly string[])[] = [];
  let wake: () => void = () => undefined;
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const watch = watchFiles(
    () => {
      looks++;
      wake();
      return stamps;
    },
    stamps,
    async (files) => {
      calls.push(files);
      wake();
      await onCall(calls.length);
    },
  );
  const set = (changes: Readonly<Record<string, string>>): void => {
    stamps = new Map([...stamps, ...Object.entries(changes)]);
  };
  return { watch, calls, until, set, looks: () => looks };
}

test('nothing is called while nothing changes', async () => {
  const { watch, calls, until, looks } = watched();
  await until(() => looks() >= 3);
  await watch.stop();
  expect(calls).toEqual([]);
});

test('a burst of changes is one call, made when it is over', async () => {
  const { watch, calls, until, set, looks } = watched();
  set({ b: '1' });
  const before = looks();
  await until(() => looks() > before);
  set({ a: '2', c: '1' }); // seen before the burst has settled
  await until(() => calls.length > 0);
  expect(calls).toEqual([['a', 'b', 'c']]);
  await watch.stop();
});

test('what changes during a call, however often, is one more call after it', async () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { watch, calls, until, set } = watched(async (call) => {
    if (call === 1) await finished;
  });
  set({ a: '2' });
  await until(() => calls.length === 1);
  set({ a: '3' });
  set({ a: '4' });
  expect(calls).toHaveLength(1);
  finish();
  await until(() => calls.length === 2);
  await watch.stop();
  expect(calls).toEqual([['a'], ['a']]);
});

test('a stop waits for the call that runs, and none follows', async () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { watch, calls, until, set } = watched(() => finished);
  set({ a: '2' });
  await until(() => calls.length === 1);
  let stopped = false;
  const stop = watch.stop().then(() => {
    stopped = true;
  });
  set({ a: '3' });
  await Promise.resolve();
  expect(stopped).toBe(false);
  finish();
  await stop;
  expect(calls).toHaveLength(1);
});

test('changed are files that came, that went and that are others', () => {
  const before = new Map([
    ['kept', '1'],
    ['gone', '1'],
    ['other', '1'],
  ]);
  const after = new Map([
    ['kept', '1'],
    ['other', '2'],
    ['come', '1'],
  ]);
  expect(changedFiles(before, after)).toEqual(['come', 'gone', 'other']);
  expect(changedFiles(before, before)).toEqual([]);
});
