import { guideReply } from '../../../bot/guide-replies';
import { answerReply } from '../../../bot/replies';
import type { Reply } from '../../../bot/reply';
import { replyTexts } from '../../../bot/terminal/chat';
import { replyToTerminal } from '../../../bot/terminal/reply-to-terminal';
import { beginGuide } from '../../../dialogs/walk';
import { loadRealBot } from '../../support/real-bot';
import { tinyContent } from '../../support/tiny-content';
import { tinyGuide } from '../../support/tiny-guide';

const plain = { colours: false };
const ESCAPE = '\u001b';

function text(markdown: string, buttons: Reply['buttons'] = []): Reply {
  return { kind: 'text', text: markdown, buttons };
}

describe('Markdown in a terminal without colours', () => {
  test.each([
    ['bold', '**Basic** SKU', 'Basic SKU'],
    ['emphasis', 'this is *not* it', 'this is not it'],
    ['code', 'use `/27` or more', 'use /27 or more'],
    ['a link', 'see [the docs](https://a.example/b)', 'see the docs (https://a.example/b)'],
    ['a mail address', '- Mail: [a@b.example](mailto:a@b.example)', '- Mail: a@b.example'],
    ['a heading', 'one\n\n#### Two\n\nthree', 'one\n\nTwo\n\nthree'],
    ['a bold link', '**[x](https://a.example)**', 'x (https://a.example)'],
    ['a bold part with code in it', '**the `/27` one**', 'the /27 one'],
    ['a link over two lines', 'see [the\ndocs](https://a.example)', 'see the\ndocs (https://a.example)'],
    ['stars that are none', '2 * 3 * 4', '2 * 3 * 4'],
    ['a list', '- one\n- two', '- one\n- two'],
  ])('%s', (_, markdown, shown) => {
    expect(replyToTerminal(text(markdown), plain)).toBe(shown);
  });

  test('a code block loses its fences and nothing else', () => {
    const shown = replyToTerminal(
      text('Run:\n\n```powershell\n$a = "*b*"  # **c**\n# d [e](https://f.example)\n```\n\nDone.'),
      plain,
    );
    expect(shown).toBe('Run:\n\n$a = "*b*"  # **c**\n# d [e](https://f.example)\n\nDone.');
  });

  test('a table of nothing but rules is shown as it is', () => {
    expect(replyToTerminal(text('| --- | --- |\n| --- |'), plain)).toContain('| --- | --- |');
  });

  test('the columns of a table stand under each other', () => {
    const table = '| SKU | Tunnels |\n| --- | ---: |\n| **VpnGw1** | `30` |\n| Basic | 10 |';
    expect(replyToTerminal(text(table), plain).trimEnd()).toBe(
      ['SKU     Tunnels', '------  -------', 'VpnGw1  30', 'Basic   10'].join('\n'),
    );
  });

  test('buttons are a numbered list under the text', () => {
    const buttons = ['One', 'Two'].map((label) => ({ label, action: 'command:help' }));
    expect(replyToTerminal(text('Which?', buttons), plain)).toBe('Which?\n\n  [1] One\n  [2] Two');
  });

  test('buttons have no numbers where a number is the answer to the question', () => {
    const buttons = [{ label: 'Back', action: 'command:back' }];
    const question: Reply = {
      kind: 'question',
      guideId: 'g',
      guideTitle: 'Guide',
      lead: '',
      answered: [],
      step: 1,
      ofAbout: 1,
      text: 'How many?',
      why: '',
      hint: '',
      places: 'none',
      several: false,
      choices: [],
      buttons,
    };
    expect(replyToTerminal(question, { ...plain, firstButton: 5 })).toMatch(/\n\n {2}\[Back\]$/);
    expect(replyToTerminal(text('Which?', buttons), { ...plain, numbered: false })).toBe('Which?\n\n  [Back]');
    expect(replyToTerminal({ ...question, places: 'numbers' }, { ...plain, firstButton: 5 })).toMatch(/\[5\] Back$/);
  });

  test('buttons of several replies are numbered as the bot counts them: choices of the question first', () => {
    const content = tinyContent();
    const entry = [...content.entries.values()].find(({ followUps }) => followUps.length > 1)!;
    const replies = [answerReply(entry, content, ''), guideReply(tinyGuide(), beginGuide(tinyGuide()), content, '')];
    const [answer, question] = replyTexts(replies, false) as [string, string];
    expect(question).toContain('4. I don’t know');
    expect(answer).toContain('[5] How long does a tyre last?');
    expect(answer).toContain('[6] How far does a battery go?');
    expect(question).toContain('[7] Why do you ask?');
  });

  test('choices with letters are lines like those with numbers, and what is picked is ticked', () => {
    const question: Reply = {
      kind: 'question',
      guideId: 'g',
      guideTitle: 'Guide',
      lead: 'Fine.',
      answered: [],
      step: 1,
      ofAbout: 1,
      text: 'How many?',
      why: '',
      hint: 'For example: `7`',
      places: 'letters',
      several: false,
      choices: ['0 to 10', '11 to 30', 'More'].map((label) => ({
        label,
        action: `choice:g/q/${label}`,
        picked: false,
      })),
      buttons: [],
    };
    expect(replyToTerminal(question, plain)).toBe(
      'Fine.\n\nGuide · question 1\n\nHow many?\n\nFor example: 7\n\nA. 0 to 10\nB. 11 to 30\nC. More',
    );
    const choices = question.choices.map((choice, index) => ({ ...choice, picked: index === 1 }));
    expect(replyToTerminal({ ...question, several: true, places: 'numbers', choices }, plain)).toContain(
      '1. 0 to 10\n2. ☑ 11 to 30\n3. More',
    );
  });

  test('no sign of Markdown and no colour is left in any real answer', async () => {
    const { content } = await loadRealBot();
    const left: string[] = [];
    for (const entry of content.entries.values()) {
      const body = entry.body.replace(/^```[\s\S]*?^```/gm, '');
      const shown = replyToTerminal(answerReply({ ...entry, body }, content, ''), plain);
      if (/\*\*|`|\]\(|^#|^\||<br|&nbsp;/m.test(shown) || shown.includes(ESCAPE)) left.push(entry.id);
    }
    expect(left).toEqual([]);
  });
});

describe('colours', () => {
  test('are there when asked for, and taking them away leaves the text without them', () => {
    const reply = text('**Bold** and `code`, see [x](https://a.example).', [{ label: 'Go', action: 'command:help' }]);
    const coloured = replyToTerminal(reply, { colours: true });
    expect(coloured).toContain(`${ESCAPE}[1mBold${ESCAPE}[22m`);
    expect(
      coloured
        .split(ESCAPE)
        .join('')
        .replace(/\[\d+m/g, ''),
    ).toBe(replyToTerminal(reply, plain));
  });
});
