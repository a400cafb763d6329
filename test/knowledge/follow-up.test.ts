import * as fc from 'fast-check';
import { readFollowUp } from '../../knowledge/follow-up';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { heldFor, longTexts } from '../support/long-texts';

const LAST = 'Can I use BGP on the Basic SKU?';

describe('a text that means nothing alone', () => {
  test.each([
    ['and on policy based?', 'Can I use BGP on policy based?', 'policy based'],
    ['on policy-based too?', 'Can I use BGP on policy-based?', 'policy-based'],
    ['thanks, and for VpnGw1?', 'Can I use BGP for vpngw1?', 'vpngw1'],
    ['what about on VpnGw1', 'Can I use BGP on vpngw1?', 'vpngw1'],
    ['also with RADIUS?', `${LAST} with radius`, 'radius'],
    ['what about IKEv2', `${LAST} ikev2`, 'ikev2'],
    ['how about if I use IKEv2?', `${LAST} ikev2`, 'ikev2'],
    ['and IKEv2?', `${LAST} ikev2`, 'ikev2'],
    ['does that also go for radius?', `${LAST} radius`, 'radius'],
    ['does the same apply to radius', `${LAST} radius`, 'radius'],
    ['is it the same with policy based?', `${LAST} policy based`, 'policy based'],
    ['Same for s2s?', `${LAST} s2s`, 's2s'],
    ['no, I meant IKEv2', `${LAST} ikev2`, 'ikev2'],
    ['why?', `why ${LAST}`, ''],
    ['And why not?', `why not ${LAST}`, ''],
    ['how much is it?', `how much is it ${LAST}`, ''],
    ['and?', `and ${LAST}`, ''],
    ['tell me more', `tell me more ${LAST}`, ''],
  ])('%j is read by the last question', (text, query, about) => {
    expect(readFollowUp(text, LAST)).toMatchObject({ query, about, alone: 'nothing' });
  });

  test('takes the place of the last phrase of its kind and leaves the others', () => {
    const last = 'Does IKEv2 work on Windows clients with RADIUS?';
    expect(readFollowUp('and on a Mac?', last)?.query).toBe('Does IKEv2 work on a mac with RADIUS?');
    expect(readFollowUp('and with certificates?', last)?.query).toBe(
      'Does IKEv2 work on Windows clients with certificates?',
    );
  });
});

describe('a text that may mean something alone', () => {
  test.each([
    'does it cost extra?',
    'can I do that on Basic?',
    'IKEv2?',
    'what about the gateway subnet',
    'with a gateway of the biggest SKU in Europe',
    'but the tunnel is down',
  ])('%j is read both ways', (text) => {
    expect(readFollowUp(text, LAST)).toMatchObject({ alone: 'something' });
  });
});

describe('a text that stands alone is never mixed with the last question', () => {
  test.each([
    'and can I use RADIUS with Macs?',
    'How many tunnels does VpnGw1 have?',
    'is BGP supported on the basic sku',
    'with BGP can I use Basic?',
    'gateway subnet size',
    'Is it possible to resize a gateway?',
    'what about can I resize a gateway',
    'ok',
    'yes',
    'no',
    'thanks!',
    'no idea',
    '2',
    '',
    '?!',
    '👍',
    'why does my tunnel drop every hour although nobody has touched the device since the summer of last year',
  ])('%j', (text) => {
    expect(readFollowUp(text, LAST)).toBeUndefined();
  });
});

test('only words that take something back correct the last question', () => {
  expect(readFollowUp('no, I meant IKEv2', LAST)?.corrects).toBe(true);
  expect(readFollowUp('I meant how many tunnels does IKEv2 have', LAST)).toMatchObject({
    corrects: true,
    query: 'how many tunnels does ikev2 have',
  });
  expect(readFollowUp('and IKEv2?', LAST)?.corrects).toBe(false);
});

describe('whatever the text', () => {
  const piece = fc.constantFrom(
    'and',
    'what about',
    'why',
    'on',
    'with',
    'is it the same',
    'no, i meant',
    '?',
    'BGP',
    'too',
    'does it',
  );

  test('it does not throw, and what it reads is never empty', () => {
    const text = fc.oneof(
      anyText(),
      fc.array(fc.oneof(piece, anyText(8)), { maxLength: 8 }).map((some) => some.join(' ')),
    );
    holds(
      fc.property(text, fc.oneof(fc.constant(LAST), anyText(60)), (said, last) => {
        const followUp = readFollowUp(said, last);
        if (followUp === undefined) return;
        expect(followUp.query).not.toBe('');
        expect(followUp.query.length).toBeLessThanOrEqual(said.normalize('NFKC').length * 3 + last.length + 1);
      }),
    );
  });

  test.each(longTexts)('%s of 100,000 characters does not hold it up', (_, text) => {
    expect(heldFor(() => readFollowUp(text, LAST))).toBeLessThan(100);
    expect(heldFor(() => readFollowUp('and on Basic?', text))).toBeLessThan(100);
  });
});
