import { buildLocalBackplane } from '../../../bot/channel/backplane/local-backplane';
import { shareFeedback } from '../../../bot/channel/shared-feedback';

test('ratings of a person are deleted from the files of all processes, from each once', async () => {
  const backplane = buildLocalBackplane();
  const forgotten: string[] = [];
  const start = (name: string) =>
    shareFeedback(
      {
        add: () => undefined,
        idle: async () => undefined,
        async forget(rater) {
          forgotten.push(`${name} ${rater}`);
          return name === 'one';
        },
      },
      backplane,
    );
  const [one, other] = [await start('one'), await start('other')];
  expect([await one.forget('mark'), await other.forget('sign')]).toEqual([true, false]);
  expect(forgotten.toSorted()).toEqual(['one mark', 'one sign', 'other mark', 'other sign']);
  for (const text of ['', 'mark', 'a b c']) backplane.publish('feedback-to-forget', text);
  expect(forgotten).toHaveLength(4);
});
