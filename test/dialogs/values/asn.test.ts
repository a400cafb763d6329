import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { type AsnRefusal, asnRefusal, asnsIn } from '../../../dialogs/values/asn';
import { anyText } from '../../support/any-text';
import { holds } from '../../support/holds';
import { describeWithShared, SHARED_DIR } from '../../support/shared-material';

describe('the AS numbers of 16 bits', () => {
  const azure = [8074, 8075, 12076, 65515, 65517, 65518, 65519, 65520];
  const iana = [0, 23456, ...Array.from({ length: 16 }, (_, at) => 64496 + at), 65535];

  test('are free but for those that Azure and IANA keep', () => {
    for (let asn = 0; asn < 2 ** 16; asn++) {
      const by: AsnRefusal | undefined = azure.includes(asn) ? 'azure' : iana.includes(asn) ? 'iana' : undefined;
      if (asnRefusal(asn) !== by) throw new Error(`${asn} is refused as ${asnRefusal(asn)}, not ${by}`);
    }
  });

  test('end at 65535', () => {
    for (const asn of [65536, 65551, 429496729, 4294967295, Number.POSITIVE_INFINITY]) {
      expect(asnRefusal(asn)).toBe('not-16-bit');
    }
  });
});

describeWithShared('every AS number that the source calls reserved', () => {
  test('is refused', () => {
    const source = readFileSync(path.join(SHARED_DIR, 'seed/includes/vpn-gateway-faq-bgp-include.md'), 'utf8');
    const [, azure, iana] = /### Are there ASNs reserved by Azure\?([\s\S]*?)###([\s\S]*?)\n###/.exec(source)!;
    const numbersIn = (text: string): number[] => (text.replace(/\([^)]*\)/g, '').match(/\d+/g) ?? []).map(Number);
    expect(numbersIn(azure!).map(asnRefusal)).toEqual(Array(8).fill('azure'));
    expect(numbersIn(iana!).map(asnRefusal)).toEqual(['iana', 'iana', 'iana', 'iana', 'not-16-bit', 'not-16-bit']);
    const ranges = [...iana!.matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) => [Number(from), Number(to)] as const);
    expect(ranges).toHaveLength(2);
    for (const [from, to] of ranges) {
      for (let asn = from; asn <= to; asn++)
        expect({ asn, refused: asnRefusal(asn) !== undefined }).toEqual({ asn, refused: true });
    }
  });
});

describe('the AS numbers in a text', () => {
  test.each([
    ['65010', '65010'],
    ['we use 65010, a private 16-bit number', '65010'],
    ['AS65010', '65010'],
    ['as65010', '65010'],
    ['as-65010', '65010'],
    ['AS 65010 on 3 sites', '65010'],
    ['asn 65010 on 3 sites', '65010'],
    ['ASN=65010 (peer 10.0.0.4)', '65010'],
    ['AS number: 65010, 2 tunnels', '65010'],
    ['autonomous system number 65010, 2 tunnels', '65010'],
    ['our ASN is #65010. 2 tunnels', '65010'],
    ['ASN 65,010', '65010'],
    ['00065010', '65010'],
    ['65010 for the VpnGw1', '65010'],
    ['peer 10.0.0.4, 65010', '65010'],
    ['65010, really 65010', '65010'],
    ['AS65010 and AS65020', '65010 65020'],
    ['AS1.10', '1.10'],
    ['on-premises:65010', '65010'],
    ['65 010', ''],
    ['ASN: 65 010', ''],
    ['65010 or 65020', ''],
    ['65010-65020', ''],
    ['65010/65020', ''],
    ['65010, the same as 2 others', ''],
    ['1.10', ''],
    ['10.0.0.0/24', ''],
    ['2001:db8::1', ''],
    ['ikev2', ''],
    ['has65010', ''],
    ['', ''],
  ])('“%s”: %s', (text, numbers) => {
    expect(asnsIn(text).join(' ')).toBe(numbers);
  });

  test('are numbers without leading zeros, whatever the text', () => {
    holds(
      fc.property(fc.oneof(anyText(), fc.stringMatching(/^(?:AS|asn| |\d|,|\.|-){0,30}$/)), (text) => {
        for (const asn of asnsIn(text)) expect(asn).toMatch(/^(?:0|[1-9]\d*)(?:\.\d+)?$/);
      }),
    );
  });
});
