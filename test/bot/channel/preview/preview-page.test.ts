import { createHash } from 'node:crypto';
import { buildPreviewPage } from '../../../../bot/channel/preview/preview-page';
import { preview } from '../../../../bot/preview';
import type { Reply } from '../../../../bot/reply';

const reply = (text: string): Reply => ({ kind: 'text', text, buttons: [{ label: 'More', action: 'entry:more' }] });
const page = (said: string, text: string) =>
  buildPreviewPage({ turns: [{ said, replies: [reply(text)] }], webChat: 'file:///web"chat.js' });

interface Column {
  readonly id: string;
  readonly activities: readonly {
    readonly text: string;
    readonly attachments?: readonly unknown[];
    readonly suggestedActions?: unknown;
  }[];
}

function columnsOf(html: string): readonly Column[] {
  const [, json] = /<script type="application\/json" id="columns">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json!) as Column[];
}

describe('a page that shows one conversation as each channel does', () => {
  test('has a column for web chat, the Emulator and Teams, each with its own buttons', () => {
    const columns = columnsOf(page('Hello?', 'Hi.'));
    expect(columns.map(({ id }) => id)).toEqual(['webchat', 'emulator', 'msteams']);
    for (const { activities } of columns) expect(activities[0]?.text).toBe('Hello?');
    expect(columns.map(({ activities }) => activities.at(-1)?.suggestedActions !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(columns.map(({ activities }) => activities.at(-1)?.attachments !== undefined)).toEqual([false, false, true]);
  });

  test('shows what was said as it was, whatever it was', () => {
    const said = '</script><script>alert(1)</script><!-- "\' &';
    const html = page(said, said);
    expect(columnsOf(html)[0]?.activities.map(({ text }) => text)).toEqual([said, said]);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('src="file:///web&#34;chat.js"');
  });

  test('lets nothing run but its own script and Web Chat', () => {
    const html = page('Hello?', 'Hi.');
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toMatch(/script-src &#39;sha256-[\w+/=]+&#39; file:;/);
    const [, script] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
    expect(policy).toContain(createHash('sha256').update(script!).digest('base64'));
  });

  test('is the same page for the same conversation', () => {
    expect(page('Hello?', 'Hi.')).toBe(page('Hello?', 'Hi.'));
  });
});

test('a preview of nothing says how to ask for one', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await preview([])).toBe(2);
  expect(write.mock.calls.join('')).toContain('npm run -s preview -- "question"');
  write.mockRestore();
});
