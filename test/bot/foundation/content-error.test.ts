import { ContentError, formatFault } from '../../../bot/foundation/content-error';

const FAULTS = [
  { file: 'faq/a.md', line: 3, message: 'the title is empty' },
  { file: 'faq/b.md', line: 1, message: 'the answer is empty' },
];

describe('ContentError', () => {
  test('a fault is formatted as file, line and message, for a click in a terminal', () => {
    expect(formatFault(FAULTS[0]!)).toBe('faq/a.md:3: the title is empty');
  });

  test('its message lists every fault', () => {
    const error = new ContentError(FAULTS);
    expect(error).toMatchObject({ name: 'ContentError', faults: FAULTS });
    expect(error.message).toBe(
      '2 faults in the content\nfaq/a.md:3: the title is empty\nfaq/b.md:1: the answer is empty',
    );
    expect(new ContentError(FAULTS.slice(0, 1)).message).toMatch(/^1 fault in the content\n/);
  });
});
