import fc from 'fast-check';
import { redact, redactStrings } from '../../bot/redact';
import { anyText } from '../support/any-text';
import { heldFor, longTexts } from '../support/long-texts';

const HEX = '3f786850e387550fdab836ed7e6dc881de23001b';
const BASE64 = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl';

describe('what is taken out of a text', () => {
  test.each([
    ['Write to ann.o’neil+vpn@mail.example.co.uk today', /ann|example/],
    ['me@localhost', /me@/],
    ['Call +49 (0)30 123-456 78 or 555-123-4567', /123|555/],
    ['(030) 1234567', /123/],
    ['my card 4111 1111 1111 1111', /4111/],
    ['10.20.30.40 and 10.1.0.0/16 cannot reach 192.168.1.254.', /10\.|192/],
    ['fe80::1%eth0, 2001:db8:0:0:1::7. and ::ffff:10.0.0.1', /fe80|2001|ffff/],
    [`The thumbprint is ${HEX}`, /3f78/],
    [`key ${BASE64}`, /Eby8|GMGw/],
    [`Bearer ${JWT}`, /eyJ|c2ln/],
    [`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${BASE64};EndpointSuffix=core.example`, /Eby8|GMGw/],
    ['Server=tcp:db;User Id=sa;Password=h!;Encrypt=True', /h!/],
    ['SharedAccessKey=abc=', /abc/],
    ['my password is hunter2, why?', /hunter2/],
    ['Password: "correct horse battery staple"', /horse/],
    ['The passphrase is correct horse battery staple', /horse/],
    ['the pre-shared key is Abc!x', /Abc/],
    ['PSK=Abc!x', /Abc/],
    ['MicrosoftAppPassword=q~w', /q~w/],
    ['shared key was sesame', /sesame/],
    ['pwd hunter2', /hunter2/],
    ['{"client_secret": "x~y"}', /x~y/],
    ['https://ann:sesame@example.com/', /ann|sesame/],
    ['redis://:sesame@cache:6380', /sesame/],
    ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END', /MIIE/],
    ['subscription 3fa85f64-5717-4562-b3fc-2c963f66afa6', /3fa8/],
  ])('%s', (text, gone) => {
    expect(redact(text)).not.toMatch(gone);
    expect(redact(text)).toMatch(/\[(secret|e-mail|address|number|key)\]/);
  });

  test('is named where it stood, and the rest is left', () => {
    expect(redact('Mail ann@example.com from 10.0.0.4, the pre-shared key is Hunter2!')).toBe(
      'Mail [e-mail] from [address], the pre-shared key is [secret]',
    );
  });
});

test.each([
  'How do I reset the pre-shared key of a site-to-site connection?',
  'Does VpnGw1AZ support 10,000 tunnels since 2024-01-02 at 10:30:00?',
  'Error 0x80070005 or 13801 with IKEv2 on Windows 11 22H2',
  'point-to-site/site-to-site/vnet-to-vnet connections',
  'What is the password policy?',
  "ENOENT: no such file, open '/srv/bot-2/data/conversations.jsonl'",
  'UDP 500, 4500 and TCP 443 (std::map)',
  '',
])('%s is left as it is', (text) => {
  expect(redact(text)).toBe(text);
});

const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        'password',
        ' is ',
        '=',
        ':',
        '"',
        "'",
        'key',
        'shared ',
        'passphrase',
        'a@b',
        '@',
        '//',
        '.',
        '-',
        ' ',
        '\n',
        ';',
      ],
      ...[
        '10.0.0.1',
        '1',
        '12',
        '555-',
        '::',
        'fe80',
        'eyJabcde',
        HEX,
        BASE64,
        '[secret]',
        '[key]',
        '[',
        ']',
        'to',
        'x',
      ],
    ),
    { maxLength: 30 },
  )
  .map((all) => all.join(''));

test('whatever the text, redacting never throws, and a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), pieces), (text) => {
      const once = redact(text);
      expect(redact(once)).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});

test('no number of an address, key or mail is left, whatever stands around it', () => {
  const found = fc.constantFrom('10.20.30.40', 'ann@example.com', HEX, JWT, '2001:db8::77', '+49 30 1234567');
  const around = fc.constantFrom('', ' ', '(', '"', ', ', '\n', 'is ', '<', '；');
  fc.assert(
    fc.property(
      around,
      found,
      around.filter((text) => text !== 'is '),
      (before, secret, after) => {
        expect(redact(`${before}${secret}${after}`)).not.toContain(secret);
      },
    ),
  );
});

test('takes linear time', () => {
  const more = [
    '1.1',
    '//a',
    'a@',
    ':',
    'f:',
    'eyJ-',
    '-eyJ',
    'password ',
    'pin is ',
    'passphrase:',
    '0 ',
    '+(',
    'a.',
    '[secret]',
  ];
  const texts = [
    ...longTexts.slice(0, 8),
    ...more.map((piece) => [piece, piece.repeat(50_000 / piece.length)] as const),
  ];
  const slow = texts.map(([name, text]) => [name, heldFor(() => redact(text))] as const).filter(([, ms]) => ms > 250);
  expect(slow).toEqual([]);
});

test('values are redacted wherever strings stand in them', () => {
  expect(redactStrings({ a: ['x@y', 1, null], b: { c: 'pin is 1' } })).toEqual({
    a: ['[e-mail]', 1, null],
    b: { c: 'pin is [secret]' },
  });
});
