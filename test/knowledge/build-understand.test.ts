import path from 'node:path';
import * as fc from 'fast-check';
import { loadFacts } from '../../dialogs/load-facts';
import { loadGuides } from '../../dialogs/load-guides';
import { buildUnderstand } from '../../knowledge/build-understand';
import { type Knowledge, loadKnowledge } from '../../knowledge/load-knowledge';
import { buildTokenise } from '../../knowledge/tokenise';
import { loadTrainedModel, type TrainedModel } from '../../knowledge/trained-model';
import type { Understand, Understanding } from '../../knowledge/understanding';
import { anyText } from '../support/any-text';

const ROOT = path.join(__dirname, '../..');

let knowledge: Knowledge;
let model: TrainedModel;
let understand: Understand;
let questions: readonly string[];

beforeAll(async () => {
  knowledge = await loadKnowledge(path.join(ROOT, 'knowledge'));
  const { facts } = await loadFacts(path.join(ROOT, 'dialogs/facts.yaml'));
  const { guides } = await loadGuides(path.join(ROOT, 'dialogs/guides'), facts);
  model = await loadTrainedModel(path.join(ROOT, 'knowledge/trained-model.json'));
  understand = buildUnderstand({ ...knowledge, guides }, model);
  questions = [
    ...knowledge.entries.flatMap(({ title, phrasings }) => [title, ...phrasings]),
    ...guides.flatMap(({ title, utterances }) => [title, ...utterances]),
  ];
});

/** What holds of every understanding. */
function expectSound(text: string, understanding: Understanding): void {
  const { candidates, intent } = understanding;
  expect(understanding.text).toBe(text);
  expect(candidates.length).toBeLessThanOrEqual(10);
  expect(new Set(candidates.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(candidates.length);
  const scores = candidates.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  for (const { confidence } of [...candidates, ...(intent === undefined ? [] : [intent])]) {
    expect(confidence >= 0 && confidence <= 1).toBe(true);
  }
}

async function topOf(text: string): Promise<string | undefined> {
  const [best] = (await understand(text)).candidates;
  return best && `${best.kind} ${best.id}`;
}

describe('understand, whatever the text', () => {
  test('gives a sound understanding of any text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText(5_000), async (text) => {
        expectSound(text, await understand(text));
      }),
      { numRuns: 200 },
    );
  });

  test('gives a sound understanding of any mixture of words it knows and signs', async () => {
    const words = [
      'bgp',
      'site to site',
      'VpnGw1',
      'the',
      'hi,',
      'thanks!',
      '10.0.0.0/16',
      '/27',
      "can't",
      '?',
      '-',
      '+',
      '~',
      '*',
      ':',
      '^10',
      '"',
    ];
    const mixture = fc.array(fc.oneof(fc.constantFrom(...words), anyText(10)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(mixture, async (parts) => {
        const text = parts.join(' ');
        expectSound(text, await understand(text));
      }),
      { numRuns: 200 },
    );
  });

  const hostile: readonly string[] = [
    'IKEv2: why?',
    '~',
    '-subnet +x',
    'bgp^10',
    'bgp~2 basic*',
    'title:bgp',
    '*',
    '(a+)+$',
    '[^\\w]*(?=bgp)\\1',
    '{"type":"message","text":null}',
    "'; DROP TABLE entries; --",
    '__proto__',
    'constructor',
    'toString hasOwnProperty valueOf',
    '<script>alert(1)</script>',
    '{{7*7}} #{7*7} %s %n',
    '../../../../etc/passwd',
    'هل يمكنني استخدام BGP؟',
    '\u202eתמיכה ב-BGP',
    'B̸̢̛G̷̡P̵',
    '👍🏽👨‍👩‍👧‍👦🏳️‍🌈',
    '\ud800\udc00\ud800',
    '\u0000\u0007\u001b[31m',
    '\n\n\t',
    '',
  ];
  test.each(hostile)('bears %j', async (text) => {
    expectSound(text, await understand(text));
  });

  test.each([
    'bgp ',
    'x',
    '-',
    '(',
    'hi, ',
    '👍',
    '\u0301',
    '1.',
    ', ',
    "'s",
  ])('bears 100,000 characters of %j', async (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    const started = performance.now();
    expectSound(text, await understand(text));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test.each([
    ['IKEv2: why?', 'IKEv2 why'],
    ['-subnet', 'subnet'],
    ['BGP?', 'BGP'],
    ['bgp^10', 'bgp 10'],
    ['"bgp" +basic', 'bgp basic'],
  ])('%j is no search expression: it finds what %j finds', async (text, plain) => {
    expect((await understand(text)).candidates).toEqual((await understand(plain)).candidates);
    expect((await understand(text)).candidates.length).toBeGreaterThan(0);
  });
});

describe('the top hit', () => {
  test('does not change with the signs after a question', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...questions),
        fc.constantFrom(' ?', '?', '!!', '...', '。', ' …', '？'),
        async (question, signs) => {
          expect(await topOf(question + signs)).toBe(await topOf(question));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('does not change in upper case', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...questions), async (question) => {
        expect(await topOf(question.toUpperCase())).toBe(await topOf(question));
      }),
      { numRuns: 150 },
    );
  });

  test('does not change with courtesies before and after a question', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...questions),
        fc.constantFrom('hi, ', 'Hello! ', 'Good morning, ', 'hey there, hi, '),
        fc.constantFrom('', ' thanks!', '? Thank you.', '\nthanks'),
        async (question, before, after) => {
          const plain =
            /[,.!?;:]$/.test(question) || after === '' || !after.startsWith(' ') ? question : `${question}.`;
          const { candidates, intent, courtesy, thresholds } = await understand(before + plain + after);
          expect(candidates[0]?.id).toBe((await understand(question)).candidates[0]?.id);
          // What only looks like an intent yields to an answer.
          const [best] = candidates;
          expect(intent === undefined || (!intent.exact && best!.confidence >= thresholds.answerAt)).toBe(true);
          expect(courtesy).toBe('greeting');
        },
      ),
      { numRuns: 120 },
    );
  });

  test('of "hi, can I use BGP on Basic?" is the answer, and the greeting is noticed', async () => {
    const { candidates, intent, courtesy, isQuestion } = await understand('hi, can I use BGP on Basic?');
    expect(candidates[0]).toMatchObject({ kind: 'entry', id: 'is-bgp-supported-on-all-azure-vpn-gateway-skus' });
    expect({ intent, courtesy, isQuestion }).toEqual({ intent: undefined, courtesy: 'greeting', isQuestion: true });
  });
});

describe('what is not known', () => {
  test('a text of unknown words has no intent, and nothing that would be answered', async () => {
    const tokenise = buildTokenise(knowledge.glossary);
    const known = new Set(
      knowledge.entries.flatMap(({ title, phrasings, source, body }) =>
        [title, source.heading, ...phrasings, body].flatMap(tokenise),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[qxzj]{2}[a-z]{3,8}$/), { minLength: 1, maxLength: 5 }),
        async (words) => {
          const text = words.join(' ');
          fc.pre(!tokenise(text).some((token) => known.has(token)));
          const { candidates, intent, thresholds } = await understand(text);
          for (const { confidence } of candidates) expect(confidence).toBeLessThan(thresholds.answerAt);
          expect(intent).toBeUndefined();
        },
      ),
    );
  });

  test.each(['jjawb jqfhm', 'qxodpjb zqkoslvnpq'])('nothing is offered for %j', async (text) => {
    const { candidates, thresholds } = await understand(text);
    for (const { confidence } of candidates) expect(confidence).toBeLessThan(thresholds.offerAt);
  });

  test('unknown words around one that is known make no candidate confident', async () => {
    for (const text of ['zxqv quorble gateway frimmel', 'qwx bgp xylo zzyx', 'xqz basic jumbuck quokka zorb']) {
      const { candidates, intent } = await understand(text);
      expect(intent).toBeUndefined();
      for (const { confidence } of candidates) expect(confidence).toBeLessThan(0.5);
    }
  });

  test.each([
    'what is the capital of France',
    'who is the president of France?',
  ])('%j is no confident answer', async (text) => {
    for (const { confidence } of (await understand(text)).candidates) expect(confidence).toBeLessThan(0.5);
  });

  test.each([
    'how do I bake sourdough bread',
    'who won the football match yesterday',
  ])('%j is neither small talk nor a confident answer', async (text) => {
    const { candidates, intent } = await understand(text);
    expect(intent).toBeUndefined();
    for (const { confidence } of candidates) expect(confidence).toBeLessThan(0.5);
  });
});

describe('a misspelled question', () => {
  test('is read as it was meant, and says how', async () => {
    const { candidates, reading, text } = await understand('can I use BGP on the Basic gatewey');
    expect(candidates[0]).toMatchObject({ id: 'is-bgp-supported-on-all-azure-vpn-gateway-skus' });
    expect(reading.repairs).toEqual([{ from: 'gatewey', to: 'gateway' }]);
    expect({ text, mode: reading.mode, read: reading.text }).toEqual({
      text: 'can I use BGP on the Basic gatewey',
      mode: 'lexical',
      read: 'can I use BGP on the Basic gateway',
    });
  });

  test('may be small talk', async () => {
    expect((await understand('thnaks')).intent).toMatchObject({ id: 'thanks' });
  });
});

describe('a topic that is not covered', () => {
  test('is named for its own utterances, or one that is as near; and nothing is answered for them', async () => {
    const wrong: string[] = [];
    const others: string[] = [];
    for (const { topic, utterances } of knowledge.uncovered) {
      for (const utterance of utterances) {
        const { candidates, uncovered, thresholds } = await understand(utterance);
        if (uncovered === undefined) wrong.push(`${utterance}: not ${topic}`);
        else if (uncovered !== topic) others.push(`${utterance}: ${uncovered}, not ${topic}`);
        const [best] = candidates;
        if (best !== undefined && best.confidence >= thresholds.answerAt)
          wrong.push(`${utterance}: answered ${best.id}`);
      }
    }
    expect(wrong).toEqual([]);
    const asked = knowledge.uncovered.flatMap(({ utterances }) => utterances).length;
    expect(others.length).toBeLessThan(0.01 * asked);
  });

  test('is not named where one of our own titles or phrasings is asked', async () => {
    const wrong: string[] = [];
    // Every ninth of some thousand: this is about the reading, not about each of them.
    for (const question of questions.filter((_, index) => index % 9 === 0)) {
      const { uncovered } = await understand(question);
      if (uncovered !== undefined) wrong.push(`${question}: ${uncovered}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('small talk', () => {
  test.each(['write me a poem about cats', 'tell me a really good joke'])('%j is near a joke', async (text) => {
    expect((await understand(text)).intent).toMatchObject({ id: 'joke', exact: false });
  });

  test.each([
    ['hi', 'greeting'],
    ['Thanks!', 'thanks'],
    ['are you a bot?', 'are-you-a-bot'],
    ['Talk to a human.', 'talk-to-a-human'],
    ['start over', 'start-over'],
    ['👍', 'ok'],
  ])('%j is %s', async (text, id) => {
    expect((await understand(text)).intent).toMatchObject({ id, exact: true });
  });

  test('that is two courtesies and nothing else is small talk at most', async () => {
    const { courtesy, intent } = await understand('hi, thanks');
    expect(courtesy).toBe('greeting');
    expect(intent === undefined || intent.kind === 'smalltalk').toBe(true);
  });
});
