import type { Entry } from '../../knowledge/entry';

/** An entry about tea, so that tests of the engine do not change with the content. */
export function sampleEntry(id: string, changes: Partial<Entry> = {}): Entry {
  return {
    id,
    title: `What is ${id}?`,
    phrasings: [],
    section: 'tea',
    asOf: '2019-05-14',
    source: { file: 'tea.md', heading: `What is ${id}?` },
    reviewBy: undefined,
    followUps: [],
    sameAnswerAs: [],
    body: 'It depends.',
    file: `faq/tea/${id}.md`,
    line: 1,
    ...changes,
  };
}
