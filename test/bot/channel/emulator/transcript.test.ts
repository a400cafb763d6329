import fc from 'fast-check';
import { parseTranscript } from '../../../../bot/channel/emulator/transcript';

function faultOf(text: string): string {
  const parsed = parseTranscript(text);
  return parsed.ok ? '' : parsed.fault;
}

test.each([
  ['an array', '[{"type":"message","text":"hi"}]'],
  ['an array after a byte order mark', '\uFEFF[{"type":"message","text":"hi"}]'],
  ['an object with activities', '{"version":1,"activities":[{"type":"message","text":"hi"}]}'],
])('takes %s, and writes others in the same form', (_name, text) => {
  const parsed = parseTranscript(text);
  expect(parsed).toMatchObject({ ok: true, activities: [{ type: 'message', text: 'hi' }] });
  if (!parsed.ok) return;
  const plain = JSON.parse(text.replace('\uFEFF', ''));
  const other = [{ type: 'x' }];
  expect(JSON.parse(parsed.rewrite(other))).toEqual(Array.isArray(plain) ? other : { ...plain, activities: other });
});

test.each([
  ['', /^the file is empty: not JSON; a transcript is a JSON array/],
  ['[\n  {"type": "message",}\n]', /^line 2, column 22: not JSON; /],
  ['[{"type":', /: not JSON; /],
  ['7', /; found a number$/],
  ['{"messages":[]}', /; found an object$/],
  ['null', /; found null$/],
  ['[]', /^it holds no activity; /],
  ['[{"type":"message"},7]', /^activity 2: .* found a number$/],
  ['[{"type":"message"},{"text":"x"}]', /^activity 2: .* found an object without a `type`$/],
  ['[{"type":""}]', /^activity 1: /],
])('says what is wrong with %j and where', (text, fault) => {
  expect(faultOf(text)).toMatch(fault);
});

test('never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((json) => `{"activities":${json}}`),
      ),
      (text) => {
        parseTranscript(text);
      },
    ),
  );
});
