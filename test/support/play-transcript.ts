import type { Bot } from '../../bot/bot';
import type { Reply } from '../../bot/reply';
import { replyToMarkdown } from '../../bot/reply-text';
import { buttonsOf, converse } from './conversation';

/*
 * The format of test/transcripts/*.txt, line by line:
 *
 *   # a remark; the first one is the title
 *   arrive>                     the person opens the conversation
 *   user> words                 the person types
 *   press> label                the person presses a button of the last replies
 *   bot> start of a reply       one line for each reply, in order: the start of its plain text; `…` stands for anything
 *   buttons> label | label      labels that are among the buttons of the last replies, in this order
 *
 * Plain text is Markdown without **, *, ` and line breaks. Empty lines are for the eye.
 */

export interface Script {
  readonly title: string;
  /** Lines without remarks and empty ones. */
  readonly lines: readonly string[];
}

/**
 * Reads one transcript.
 * @throws {Error} at a line that is none of the format's
 */
export function parseTranscript(text: string, file: string): Script {
  const lines = text.split('\n').map((line) => line.trim());
  lines.forEach((line, index) => {
    if (!/^$|^#|^arrive>$|^(user|press|bot|buttons)> ./.test(line)) throw new Error(`${file}:${index + 1}: ${line}`);
  });
  const title =
    lines
      .find((line) => line.startsWith('#'))
      ?.slice(1)
      .trim() ?? file;
  return { title, lines: lines.filter((line) => line !== '' && !line.startsWith('#')) };
}

/** The transcript as the bot really plays it: a line that is as expected word for word, any other as it came. */
export async function playTranscript(bot: Bot, lines: readonly string[]): Promise<string[]> {
  const talk = converse(bot);
  const played: string[] = [];
  let replies: readonly Reply[] = [];
  let unread: Reply[] = [];
  for (const line of lines) {
    const [, who, words] = /^(\w+)> ?(.*)$/.exec(line) as unknown as [string, string, string];
    if (who === 'bot') {
      const reply = unread.shift();
      if (reply === undefined) continue;
      const said = plain(reply);
      played.push(startsLike(said, words) ? line : `bot> ${said.slice(0, 160)}`);
    } else if (who === 'buttons') {
      const labels = buttonsOf(replies).map(({ label }) => label);
      const found = labels.filter((label) => words.split(' | ').includes(label)).join(' | ');
      played.push(found === words ? line : `buttons> ${labels.join(' | ')}`);
    } else {
      played.push(...unread.map((reply) => `bot> ${plain(reply).slice(0, 160)}`), line);
      const turn = who === 'user' ? talk.type(words) : who === 'press' ? talk.click(words) : talk.arrive();
      ({ replies } = await turn);
      unread = [...replies];
    }
  }
  return [...played, ...unread.map((reply) => `bot> ${plain(reply).slice(0, 160)}`)];
}

function plain(reply: Reply): string {
  return replyToMarkdown(reply).replace(/[*`]/g, '').replace(/\s+/g, ' ').trim();
}

function startsLike(said: string, expected: string): boolean {
  let at = 0;
  return expected.split('…').every((part, index) => {
    const found = said.indexOf(part.trim(), at);
    at = found + part.trim().length;
    return index === 0 ? found === 0 : found >= 0;
  });
}
