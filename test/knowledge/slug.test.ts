import { readFileSync } from 'node:fs';
import path from 'node:path';
import { slugOf } from '../../knowledge/slug';
import { describeWithShared, SHARED_DIR } from '../support/shared-material';

describe('slugOf', () => {
  test.each([
    ['Can I use SSTP and/or IKEv2?', 'can-i-use-sstp-andor-ikev2', 'signs inside a word go'],
    ["Do I need a 'GatewaySubnet'?", 'do-i-need-a-gatewaysubnet', 'so do quotes'],
    ['Can I advertise 0.0.0.0/0?', 'can-i-advertise-00000', 'dots and slashes too'],
    ['Salt & pepper', 'salt--pepper', 'a sign between spaces leaves both hyphens'],
    ['Ready 🎉 go', 'ready--go', 'emoji are signs'],
    ['snake_case and co-exist', 'snake_case-and-co-exist', 'underscores and hyphens stay'],
    ['Two  spaces', 'two--spaces', 'every space is a hyphen'],
    ['  Trimmed  ', 'trimmed', 'those at the ends are none'],
    ['Привет 雲', 'привет-雲', 'letters of all scripts stay'],
    ['???', '', 'only signs leave nothing'],
  ])('%j is %j: %s', (heading, slug) => {
    expect(slugOf(heading)).toBe(slug);
  });
});

describeWithShared('the slugs of the published headings', () => {
  test('are the ids that the entries have', () => {
    const rows = readFileSync(path.join(SHARED_DIR, 'questions/entry-ids.tsv'), 'utf8').trim().split('\n').slice(1);
    expect(rows).toHaveLength(126);
    for (const row of rows) {
      const [id, heading] = row.split('\t');
      expect(slugOf(heading!)).toBe(id);
    }
  });
});
