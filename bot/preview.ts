import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPreviewPage, type PreviewTurn } from './channel/preview/preview-page';
import { loadConfig, PROJECT_ROOT } from './config';
import { loadBot } from './load-bot';
import type { Memory } from './memory';

const WEB_CHAT = path.join(PROJECT_ROOT, 'dist/bot/web-chat/page/webchat.js');
const DEFAULT_OUT = path.join(PROJECT_ROOT, 'dist/preview.html');

const USAGE = `Usage:
  npm run -s preview -- "question"                  writes a page with the reply as web chat, the Emulator and Teams show it
  npm run -s preview -- "question" "next" …         several messages of one conversation
  npm run -s preview -- --out FILE.html "question"  writes it there; default: dist/preview.html
`;

/** Writes a page that shows one conversation as every channel shows it. Exit code 2 for a call that makes no sense. */
export async function preview(args: readonly string[]): Promise<number> {
  const call = readCall(args);
  if (call === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { bot, semantics } = await loadBot(loadConfig(process.env));
  const turns: PreviewTurn[] = [];
  let memory: Memory | undefined;
  for (const said of call.messages) {
    const result = await bot.respond(memory, { kind: 'text', text: said });
    memory = result.memory;
    turns.push({ said, replies: result.replies });
  }
  await semantics?.close();
  await mkdir(path.dirname(call.out), { recursive: true });
  await writeFile(call.out, buildPreviewPage({ turns, webChat: pathToFileURL(WEB_CHAT).href }));
  process.stdout.write(`${call.out}\nOpen it in a browser.\n`);
  return 0;
}

function readCall(args: readonly string[]): { readonly messages: readonly string[]; readonly out: string } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string', default: DEFAULT_OUT } },
    });
    const messages = positionals.map((text) => text.trim()).filter((text) => text !== '');
    return messages.length === 0 ? undefined : { messages, out: path.resolve(values.out) };
  } catch {
    return undefined;
  }
}
