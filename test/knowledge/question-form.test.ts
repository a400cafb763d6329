import * as fc from 'fast-check';
import { isQuestion } from '../../knowledge/question-form';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

describe('isQuestion', () => {
  test.each([
    'Can I use BGP on Basic',
    'what is a gateway',
    'WHY',
    'and how much does it cost',
    'hi can I use BGP',
    'Isn’t that too small',
    'tell me about BGP',
    'I want to know the limit',
    'basic sku bgp?',
    'BGP？',
  ])('%j asks', (text) => {
    expect(isQuestion(text)).toBe(true);
  });

  test.each([
    'Windows 10',
    'the second one',
    'yes',
    'no, Linux',
    'candy',
    'island',
    'whatever',
    'two sites',
    '',
    '👍',
  ])('%j states', (text) => {
    expect(isQuestion(text)).toBe(false);
  });

  test('a question mark makes a question of any text', () => {
    holds(
      fc.property(anyText(), (text) => {
        expect(isQuestion(`${text}?`)).toBe(true);
      }),
    );
  });

  test('a long text that opens with many fillers is judged at once', () => {
    expect(isQuestion('and so ok '.repeat(10_000))).toBe(false);
  });
});
