import { findSubnetSize } from '../../../dialogs/checks/subnet-size';

describe('the size of a gateway subnet', () => {
  test.each([
    ['10.0.0.0/32', 'too-small', '1'],
    ['10.0.0.0/30', 'too-small', '4'],
    ['10.0.0.0/29', 'small', '8'],
    ['10.0.0.0/28', 'small', '16'],
    ['10.0.0.0/27', 'recommended', '32'],
    ['10.0.0.0/24', 'recommended', '256'],
    ['0.0.0.0/0', 'recommended', '4294967296'],
  ])('%s is %s: %s addresses', (range, result, addresses) => {
    expect(findSubnetSize([range])).toEqual({ result, figures: { prefix: range.replace(/.*\//, '/'), addresses } });
  });

  test('is unknown of a range that is not known', () => {
    const unknown = { result: 'unknown', figures: { prefix: '', addresses: '' } };
    expect(findSubnetSize([undefined])).toEqual(unknown);
    expect(findSubnetSize([])).toEqual(unknown);
  });
});
