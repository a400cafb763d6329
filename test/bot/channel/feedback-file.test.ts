import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildFeedbackStore } from '../../../bot/channel/feedback-file';
import { type Feedback, parseFeedback } from '../../../bot/feedback';
import { buildLogger } from '../../../bot/log';

const RATING: Feedback = {
  at: '2026-01-02T03:04:05.678Z',
  channel: 'directline',
  reaction: 'like',
  comment: 'my secret comment',
  about: [{ kind: 'entry', id: 'tea' }],
  question: 'my secret question',
};

let dir: string;
let file: string;
let logged: string[];

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'feedback-'));
  file = path.join(dir, 'data', 'feedback.jsonl');
  logged = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function store(to: string | undefined, maxBytes?: number) {
  const log = buildLogger({ logLevel: 'info', logMessages: false }, { write: (line) => void logged.push(line) });
  return buildFeedbackStore({ file: to, log, ...(maxBytes === undefined ? {} : { maxBytes }) });
}

const ratings = () => readFileSync(file, 'utf8').trim().split('\n').map(parseFeedback);

test('each rating becomes a line, in order, in a file that only this user can read', async () => {
  const feedback = store(file);
  for (const id of ['a', 'b', 'c']) feedback.add({ ...RATING, about: [{ kind: 'entry', id }] });
  await feedback.idle();
  expect(ratings().map((one) => one?.about[0]?.id)).toEqual(['a', 'b', 'c']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

test('a file that others could read is closed to them, and goes on', async () => {
  mkdirSync(path.dirname(file));
  writeFileSync(file, `${JSON.stringify(RATING)}\n`);
  chmodSync(file, 0o644);
  const feedback = store(file);
  feedback.add(RATING);
  await feedback.idle();
  expect(ratings()).toEqual([RATING, RATING]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('without a file there is a line in the log, which does not tell what people wrote', async () => {
  const feedback = store(undefined);
  feedback.add(RATING);
  await feedback.idle();
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0]!)).toMatchObject({ msg: 'feedback', reaction: 'like', about: RATING.about });
  expect(logged[0]).not.toContain('secret');
  expect(existsSync(file)).toBe(false);
});

test('a disk that fails is reported once, and breaks nothing', async () => {
  writeFileSync(path.join(dir, 'data'), 'a file where the folder should be');
  const feedback = store(file);
  feedback.add(RATING);
  feedback.add(RATING);
  await feedback.idle();
  expect(logged.filter((line) => line.includes('not saved'))).toHaveLength(1);
  rmSync(path.join(dir, 'data'));
  feedback.add(RATING);
  await feedback.idle();
  expect(ratings()).toEqual([RATING]);
});

test('a rating that is none of ours is left out', async () => {
  const feedback = store(file);
  feedback.add({ ...RATING, at: 'nonsense' });
  await feedback.idle();
  expect(existsSync(file)).toBe(false);
});

test('a file that is full takes no more', async () => {
  const feedback = store(file, 300);
  feedback.add(RATING);
  feedback.add(RATING);
  await feedback.idle();
  expect(ratings()).toEqual([RATING]);
});

test('the ratings of one person are deleted when they ask, and no others', async () => {
  const feedback = store(file);
  for (const rater of ['ana', 'ben', 'ana']) feedback.add({ ...RATING, rater });
  expect(await feedback.forget('ana')).toBe(true);
  feedback.add({ ...RATING, rater: 'cem' });
  await feedback.idle();
  expect(ratings().map((one) => one?.rater)).toEqual(['ben', 'cem']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('it is said where ratings cannot be deleted', async () => {
  mkdirSync(file, { recursive: true });
  const feedback = store(file);
  expect(await feedback.forget('ana')).toBe(false);
  expect(await store(path.join(dir, 'none.jsonl')).forget('ana')).toBe(true);
});

test('ratings over their time are deleted at the start and once a day; a line that is none stays', async () => {
  const days = 24 * 60 * 60 * 1000;
  const start = Date.parse(RATING.at);
  let now = start + 10 * days;
  mkdirSync(path.dirname(file));
  writeFileSync(file, `not a rating\n${JSON.stringify(RATING)}\n`);
  const log = buildLogger({ logLevel: 'silent', logMessages: false });
  const feedback = buildFeedbackStore({ file, log, keepMs: 11 * days, now: () => now });
  await feedback.idle();
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  now = start + 12 * days;
  feedback.add({ ...RATING, at: new Date(now).toISOString() });
  await feedback.idle();
  expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('not a rating');
  expect(ratings().map((one) => one?.at)).toEqual([undefined, new Date(now).toISOString()]);
});
