import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dump } from 'js-yaml';
import { everyWay } from '../../dialogs/every-way';
import type { Guide } from '../../dialogs/guide';
import { parseGuide } from '../../dialogs/parse-guide';
import { beginGuide, positionOf, step } from '../../dialogs/walk';

const FOLDER = path.join(process.cwd(), 'dialogs/guides');
const STEPS = 50_000;
const GUIDES = 1_000;
/** Nodes of a generated guide: questions, tables and outcomes. */
const NODES = { questions: 28, decisions: 8, outcomes: 14 };

/**
 * Prints what guides cost: a step with the position after it, on each guide of the bot, and reading and checking 1,000 generated ones
 * of 50 nodes. Processor time, not wall time. A measurement, not a test: it ends with 0 whatever it finds.
 */
function main(): void {
  print('| guide | lines | ways | a step, µs |');
  print('| --- | ---: | ---: | ---: |');
  for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.yaml'))) {
    const text = readFileSync(path.join(FOLDER, name), 'utf8');
    const result = parseGuide(text, name);
    if (!result.ok) continue;
    const { guide } = result;
    const ways = waysOf(guide);
    print(`| ${guide.id} | ${text.split('\n').length} | ${ways.length} | ${stepCost(guide, ways).toFixed(1)} |`);
  }
  const texts = Array.from({ length: GUIDES }, (_, seed) => generatedGuide(seed));
  for (let round = 0; round < 2; round++) {
    let refused = 0;
    const ms = cpuMs(() => {
      refused = texts.filter((text, seed) => !parseGuide(text, `generated-${seed}.yaml`).ok).length;
    });
    print(
      `${GUIDES} guides of 50 nodes, ${kilobytes(texts)} kB: ${ms.toFixed(0)} ms${refused > 0 ? `, ${refused} refused` : ''}`,
    );
  }
}

type Answers = readonly (readonly [question: string, answer: string | readonly string[]])[];

/** The answers of some thousand ways at most. */
function waysOf(guide: Guide): Answers[] {
  const ways: Answers[] = [];
  for (const { position } of everyWay(guide)) {
    ways.push(position.path.map(({ question, answer }) => [question.id, answer] as const));
    if (ways.length === 5_000) break;
  }
  return ways;
}

/** Microseconds of processor time for one answer and the position it leads to. */
function stepCost(guide: Guide, ways: readonly Answers[]): number {
  let steps = 0;
  const walk = (most: number): void => {
    for (let way = 0; steps < most; way = (way + 1) % ways.length) {
      let state = beginGuide(guide);
      for (const [question, answer] of ways[way]!) {
        state = step(guide, state, { kind: 'answer', question, answer }).state;
        positionOf(guide, state);
        steps += 1;
      }
    }
  };
  walk(STEPS / 10);
  steps = 0;
  return (cpuMs(() => walk(STEPS)) * 1_000) / steps;
}

/** The text of a guide without faults: a chain of questions, some of them several or typed, with tables in between. */
function generatedGuide(seed: number): string {
  const { questions, decisions, outcomes } = NODES;
  const question = (at: number): string => (at < questions ? `q${at}` : `o${(at + seed) % outcomes}`);
  // Every table stands between two questions, and reads the one before.
  const after = (at: number): string =>
    at % 3 === 1 && at / 3 < decisions ? `d${Math.floor(at / 3)}` : question(at + 1);
  // The outcomes are shared out in turn among the questions whose choices have ways of their own, so that each is reached.
  const end = (at: number): number => at - Math.floor((at + 4) / 9) - Math.floor(at / 9);
  const unknown = (at: number) => ({
    because: `Nothing is known about number ${at}.`,
    tip: `Ask somebody who knows number ${at}.`,
    next: after(at),
  });
  const questionAt = (at: number): object => ({
    text: `What is the answer to question number ${at} of guide ${seed}?`,
    why: 'The answer decides where to go on.',
    ...(at % 9 === 8
      ? { asks: 'range', example: '10.0.0.0/24', fact: 'range', because: `Number ${at} has {value}.`, next: after(at) }
      : {
          ...(at % 9 === 4 ? { several: true, next: after(at) } : {}),
          choices: Object.fromEntries(
            ['first', 'second', 'third'].map((id, place) => [
              id,
              {
                label: `The ${id} answer to number ${at}`,
                synonyms: [`my ${id} words`, `${id} of number ${at}`],
                because: `The ${id} answer was given to number ${at}.`,
                ...(place === 0 ? { rulesOut: [{ what: `What ${id} excludes`, because: 'It does not fit.' }] } : {}),
                ...(at % 9 === 4 ? {} : { next: place === 2 ? `o${end(at) % outcomes}` : after(at) }),
              },
            ]),
          ),
        }),
    unknown: unknown(at),
  });
  return dump({
    title: `Which answer to guide ${seed}?`,
    description: 'I ask some questions.',
    asOf: '2019-05-14',
    utterances: Array.from({ length: 20 }, (_, at) => `help me with the answer to guide ${seed}, wording ${at}`),
    start: 'q0',
    questions: Object.fromEntries(Array.from({ length: questions }, (_, at) => [`q${at}`, questionAt(at)])),
    decisions: Object.fromEntries(
      Array.from({ length: decisions }, (_, at) => [
        `d${at}`,
        {
          rows: [
            { when: { [`q${at * 3}`]: ['first'], [`q${at * 3 + 1}`]: ['unknown'] }, next: `o${at}` },
            {
              when: { [`q${at * 3}`]: ['second', 'unknown'] },
              because: `Row two of ${at}.`,
              next: question(at * 3 + 2),
            },
          ].filter(({ when }) => Object.keys(when).every((id) => Number(id.slice(1)) % 9 !== 8)),
          otherwise: question(at * 3 + 2),
        },
      ]),
    ),
    outcomes: Object.fromEntries(
      Array.from({ length: outcomes }, (_, at) => [
        `o${at}`,
        {
          verdict: `Take number ${at}.`,
          explanation: 'This is what follows from your answers, and nothing else does.',
          nextSteps: ['Do this first.', 'Then do that.', `Read about number ${at}.`],
          cites: ['an-entry', 'another-entry'],
        },
      ]),
    ),
  });
}

function kilobytes(texts: readonly string[]): number {
  return Math.round(texts.reduce((sum, text) => sum + text.length, 0) / 1_000);
}

/** Milliseconds of processor time that something takes, of all threads. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();
