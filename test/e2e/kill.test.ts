import { buildMain } from '../support/built-main';
import { killRepeatedly } from '../support/hurt/kill-repeatedly';
import { faultsOf } from '../support/hurt/tally';

/*
 * The built bot, killed without warning in the middle of turns while people talk to it, and started again on what it kept.
 * `npm run bench -- kill` does the same fifty times.
 */

const TIMES = 6;
const CHANNEL = 4;

beforeAll(() => buildMain(), 120_000);

test('what was acknowledged before a kill is answered once after it, in order, and guides go on at their step', async () => {
  const { tally, complaints, isReadyAtTheEnd } = await killRepeatedly({
    times: TIMES,
    pages: 6,
    channel: CHANNEL,
    messagesBetween: 40,
  });
  expect(faultsOf(tally)).toEqual({});
  // The people are not alone with an idle bot: there is enough that could be lost, and some of it was in hand.
  expect(tally.acknowledged).toBeGreaterThan(TIMES * 40);
  expect(tally.resent).toBeGreaterThan(0);
  // Nobody can tell whether the connector took an answer whose sender died before it heard so: one message in hand of each person.
  expect(tally.doubledOverKill.length).toBeLessThanOrEqual(TIMES * CHANNEL);
  expect(complaints).toEqual([]);
  expect(isReadyAtTheEnd).toBe(true);
}, 120_000);
