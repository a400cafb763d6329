import fc from 'fast-check';
import type { Reply } from '../../bot/reply';
import { monthAndYear, replyToMarkdown } from '../../bot/reply-text';

const question: Reply & { readonly kind: 'question' } = {
  kind: 'question',
  guideId: 'bike',
  guideTitle: 'Which bike?',
  lead: '',
  answered: [],
  step: 2,
  ofAbout: 4,
  text: 'Where?',
  why: 'Tyres differ.',
  hint: '',
  places: 'numbers',
  several: false,
  choices: [
    { label: 'On roads', action: 'choice:bike/where/road', picked: false },
    { label: 'I don’t know', action: 'choice:bike/where/unknown', picked: false },
  ],
  buttons: [{ label: 'Back', action: 'command:back' }],
};

const outcome: Reply & { readonly kind: 'outcome' } = {
  kind: 'outcome',
  guideId: 'bike',
  guideTitle: 'Which bike?',
  answered: [],
  verdict: 'Take a city bike',
  explanation: 'It is simple.',
  reasons: ['You ride on roads.'],
  ruledOut: [
    { what: 'A mountain bike', because: 'It is slow.' },
    { what: 'A boat', because: '' },
  ],
  nextSteps: ['Try it', 'Buy it'],
  checklist: [],
  cites: [{ id: 'tyre', title: 'How long does a tyre last?' }],
  asOf: '2019-05-14',
  buttons: [],
};

describe('a reply as Markdown', () => {
  test('a text is itself', () => {
    expect(replyToMarkdown({ kind: 'text', text: 'Hello.', buttons: [{ label: 'x', action: 'y' }] })).toBe('Hello.');
  });

  test('an answer has its title, its body and the date of its facts', () => {
    const answer: Reply = {
      kind: 'answer',
      entryId: 'tyre',
      lead: 'Hello.',
      title: 'How long?',
      body: 'About 5000 km.',
      asOf: '2019-05-22',
      source: undefined,
      buttons: [],
    };
    expect(replyToMarkdown(answer)).toBe('Hello.\n\n**How long?**\n\nAbout 5000 km.\n\nAs of May 2019.');
    expect(replyToMarkdown({ ...answer, lead: '', asOf: undefined })).toBe('**How long?**\n\nAbout 5000 km.');
    const source = { title: 'Tyres', url: 'https://tyres.example/' };
    expect(replyToMarkdown({ ...answer, source })).toMatch(/ Source: \[Tyres\]\(https:\/\/tyres\.example\/\)$/);
  });

  test('a question has its progress and numbered choices, and leaves the other buttons to the surface', () => {
    expect(replyToMarkdown(question)).toBe(
      '*Which bike? · question 2 of about 4*\n\n**Where?**\n\n1. On roads\n2. I don’t know',
    );
  });

  test('choices with letters are a line each in every client, so paragraphs', () => {
    expect(replyToMarkdown({ ...question, places: 'letters' })).toMatch(/\n\nA\. On roads\n\nB\. I don’t know$/);
  });

  test('a typed value has its example and no choices', () => {
    const typed: Reply = { ...question, places: 'none', hint: 'For example: `7`' };
    expect(replyToMarkdown(typed)).toMatch(/\*\*Where\?\*\*\n\nFor example: `7`$/);
  });

  test('what is picked of several is ticked', () => {
    const [road, unknown] = question.choices;
    const several: Reply = { ...question, several: true, choices: [{ ...road!, picked: true }, unknown!] };
    expect(replyToMarkdown(several)).toMatch(/1\. ☑ On roads\n2\. I don’t know$/);
  });

  test('the last question of the longest way says only its number', () => {
    expect(replyToMarkdown({ ...question, step: 4 })).toContain('*Which bike? · question 4*');
  });

  test('an outcome has its reasons, what was ruled out, the next steps, its sources and its date', () => {
    expect(replyToMarkdown(outcome)).toBe(
      [
        '**Take a city bike**',
        'It is simple.',
        '**Why**',
        '- You ride on roads.',
        '**Ruled out**',
        '- A mountain bike: It is slow.\n- A boat',
        '**Next steps**',
        '1. Try it\n2. Buy it',
        '**Based on**',
        '- How long does a tyre last?',
        'As of May 2019.',
      ].join('\n\n'),
    );
  });

  test('an outcome that rules nothing out has no heading for it', () => {
    expect(replyToMarkdown({ ...outcome, ruledOut: [] })).not.toContain('Ruled out');
  });

  test('a handover names what there is of the contact', () => {
    const handover = (mail?: string, page?: string): Reply => ({
      kind: 'handover',
      text: 'Here:',
      contact: { mail, page },
      buttons: [],
    });
    expect(replyToMarkdown(handover('a@b.example', 'https://b.example'))).toBe(
      'Here:\n\n- Mail: [a@b.example](mailto:a@b.example)\n- Page: https://b.example',
    );
    expect(replyToMarkdown(handover(undefined, 'https://b.example'))).toBe('Here:\n\n- Page: https://b.example');
    expect(replyToMarkdown({ kind: 'handover', text: 'Nobody.', contact: undefined, buttons: [] })).toBe('Nobody.');
  });
});

describe('a month', () => {
  test.each([
    ['2019-05-22', 'May 2019'],
    ['2021-12-01', 'December 2021'],
    ['2021-13-01', '2021-13-01'],
    ['2021-00-01', '2021-00-01'],
    ['soon', 'soon'],
    ['', ''],
  ])('%s reads %s', (date, words) => {
    expect(monthAndYear(date)).toBe(words);
  });

  test('is written without throwing whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof monthAndYear(text) === 'string'));
  });
});
