import * as fc from 'fast-check';
import { parseIntent } from '../../knowledge/intent';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const FILE = 'intents/greeting.yaml';

function faultsOf(text: string): string[] {
  const result = parseIntent(text, FILE);
  return result.ok ? [] : result.faults.map((fault) => `${fault.line}: ${fault.message}`);
}

describe('parseIntent', () => {
  test('reads small talk; the name of the file is the id', () => {
    expect(
      parseIntent('kind: smalltalk\nutterances: [hi, " hello ", 42]\nreply: |\n  Hello.\n  Ask me.\n', FILE),
    ).toEqual({
      ok: true,
      intent: {
        id: 'greeting',
        kind: 'smalltalk',
        utterances: ['hi', 'hello', '42'],
        reply: 'Hello.\nAsk me.',
        file: FILE,
      },
    });
  });

  test('a command may leave the words to the bot', () => {
    const result = parseIntent('kind: command\nutterances: [back, go back, previous]\n', 'intents/back.yaml');
    expect(result).toMatchObject({ ok: true, intent: { id: 'back', kind: 'command', reply: undefined } });
  });

  test('reports all faults at once, each with its line', () => {
    expect(faultsOf('kind: chat\nutterances:\n  - hi\n  - {a: b}\nreply: ""\ntone: warm\n')).toEqual([
      '1: `kind`: found "chat"; "smalltalk" or "command" is needed',
      '4: `utterances.1`: an utterance must be one line of text; put it in quotes',
      '5: `reply`: the reply is empty',
      '6: `tone`: not a field that is known here',
    ]);
    expect(faultsOf('kind: smalltalk\nutterances:\n  - hi\n')).toEqual([
      '2: `utterances`: at least 3 utterances are needed',
      '1: `reply`: small talk needs one',
    ]);
    expect(faultsOf('reply: [a]')).toEqual([
      '1: `kind`: this field is missing',
      '1: `utterances`: this field is missing',
      '1: `reply`: a text is needed',
    ]);
  });

  test('a text that is not valid YAML, or has no fields, is a fault', () => {
    expect(faultsOf('kind: smalltalk\nutterances: [hi\n')[0]).toMatch(/^\d: not valid YAML/);
    expect(faultsOf('')).toEqual(['1: fields such as `name: value` are needed']);
  });

  test('never throws, whatever the text', () => {
    holds(
      fc.property(anyText(), (text) => {
        for (const yaml of [text, `kind: smalltalk\nutterances:\n  - ${text}\n  - b\n  - c\nreply: ${text}`]) {
          const result = parseIntent(yaml, FILE);
          expect(result.ok || result.faults.length > 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
