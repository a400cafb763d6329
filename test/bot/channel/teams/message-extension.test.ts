import fc from 'fast-check';
import { buildAnswerFaqQuery } from '../../../../bot/channel/teams/message-extension';
import type { FoundAnswer } from '../../../../bot/faq-search';
import { phrases } from '../../../../bot/phrases';
import { anyText } from '../../../support/any-text';

function found(id: string): FoundAnswer {
  const source = { title: 'FAQ', url: `https://faq.example/#${id}` };
  return { id, title: `Title of ${id}`, body: '**Yes.** With [care](https://a.example).', asOf: '2019-05-22', source };
}

const ALL = Array.from({ length: 120 }, (_, at) => found(`e${at}`));
const counts: Readonly<Record<string, number>> = { e7: 2, e9: 5 };
const parts = {
  bot: { search: (query: string, limit: number) => (query === 'nothing' ? [] : ALL.slice(0, limit)) },
  answers: { countOf: (id: string) => counts[id] ?? 0 },
};
const answerFaqQuery = buildAnswerFaqQuery(parts);

function ask(query: unknown, queryOptions?: unknown) {
  return answerFaqQuery({ commandId: 'searchFaq', parameters: [{ name: 'query', value: query }], queryOptions });
}

type Shown = { readonly type: string; readonly text?: string; readonly attachments?: readonly Attachment[] };
type Attachment = { readonly content: unknown; readonly preview: { readonly content: { readonly title: string } } };

function shown(response: ReturnType<typeof ask>): Shown {
  expect(response.status).toBe(200);
  return (response.body as { readonly composeExtension: Shown }).composeExtension;
}

const titlesOf = (response: ReturnType<typeof ask>) =>
  shown(response).attachments?.map(({ preview }) => preview.content.title.slice('Title of '.length));

test('an answer is a line of the list, and a card without buttons to put into the message', () => {
  const [first] = shown(ask('tea')).attachments!;
  expect(first).toMatchObject({
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        { text: 'Title of e0', weight: 'Bolder' },
        { text: '**Yes.** With [care](https://a.example).' },
        { text: 'As of May 2019. [FAQ](https://faq.example/#e0)' },
      ],
    },
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: 'Title of e0', text: 'Yes. With care.' },
    },
  });
  expect(first!.content).not.toHaveProperty('actions');
});

test('ten results come where no number is named, and the page that is asked for, of 25 at most', () => {
  expect(titlesOf(ask('tea'))).toHaveLength(10);
  expect(titlesOf(ask('tea', { skip: 5, count: 3 }))).toEqual(['e5', 'e6', 'e7']);
  expect(titlesOf(ask('tea', { skip: 25, count: 1_000 }))).toHaveLength(25);
  expect(titlesOf(ask('tea', { skip: 90, count: 25 }))).toHaveLength(10);
  expect(titlesOf(ask('tea', { skip: 100, count: 25 }))).toEqual([]);
  expect(titlesOf(ask('tea', { skip: -1, count: 'all' }))).toHaveLength(10);
});

test('without a query, what was given most comes first, then what the content names', () => {
  expect(titlesOf(ask('', { skip: 0, count: 4 }))).toEqual(['e9', 'e7', 'e0', 'e1']);
  expect(titlesOf(ask('  ', { skip: 2, count: 2 }))).toEqual(['e0', 'e1']);
  const initial = { commandId: 'searchFaq', parameters: [{ name: 'initialRun', value: 'true' }] };
  expect(titlesOf(answerFaqQuery(initial))?.[0]).toBe('e9');
});

test('where nothing is found, it says so in words', () => {
  expect(shown(ask('nothing'))).toEqual({ type: 'message', text: phrases.searchFoundNothing });
});

test.each([
  undefined,
  null,
  'text',
  7,
  [],
  {},
  { commandId: 'other' },
  { commandId: ['searchFaq'] },
])('%j is refused in words', (value) => {
  expect(answerFaqQuery(value)).toEqual({
    status: 400,
    body: { code: 'BadRequest', message: phrases.searchUnknown },
  });
});

test('any query, and any value at all, is answered', () => {
  fc.assert(
    fc.property(anyText(), fc.jsonValue(), (query, value) => {
      shown(ask(query, value));
      shown(ask(value));
      expect([200, 400]).toContain(answerFaqQuery(value).status);
    }),
  );
});
