import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stampContentFiles } from '../../bot/content-files';
import { startContentReloader } from '../../bot/content-reloader';
import { buildExchangeableBot } from '../../bot/exchangeable-bot';
import { buildMakeOnce } from '../../bot/foundation/make-once';
import { buildParseOnce } from '../../bot/foundation/parse-once';
import { assembleBot } from '../../bot/load-bot';
import { loadContent } from '../../bot/load-content';
import { buildLogger } from '../../bot/log';
import { BICYCLE_FILES } from '../support/bicycle-files';
import { sampleModel } from '../support/sample-model';
import { SMALL_VOCABULARY, tempContent } from '../support/temp-content';
import { TINY_GUIDE_FILE, TINY_GUIDE_YAML } from '../support/tiny-guide';

const SETTINGS = { contact: undefined, semantic: false };

test('what a save left alone is taken over, and a folder that cannot be read costs nothing', async () => {
  const content = tempContent({
    ...SMALL_VOCABULARY,
    ...BICYCLE_FILES,
  });
  const fileOf = (name: string): string => path.join(path.dirname(content.knowledgeDir), name);
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  const log = buildLogger(
    { logLevel: 'info', logMessages: false },
    {
      write: (line) => {
        lines.push(line);
        wake();
      },
    },
  );
  const logged = async (message: RegExp): Promise<string> => {
    for (;;) {
      const line = lines.shift();
      if (line === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (message.test(line)) return line;
    }
  };
  const [parse, once, model] = [buildParseOnce(), buildMakeOnce(), sampleModel()];
  const config = { ...content, ...SETTINGS };
  const seen = stampContentFiles(config);
  const first = assembleBot(await loadContent(config, parse), model, config, { once });
  const serving = buildExchangeableBot(first);
  const reloads: boolean[] = [];
  const onReload = (ok: boolean) => void reloads.push(ok);
  const reloader = startContentReloader({ config, model, serving, seen, parse, once, log, onReload });
  try {
    writeFileSync(fileOf(TINY_GUIDE_FILE), TINY_GUIDE_YAML.replace('Do you want a motor?', 'A motor?'));
    await logged(/reloaded in/);
    expect(serving.current()).not.toBe(first);
    expect(serving.current().understand).toBe(first.understand);
    expect(serving.current().content.entries.get('how-long-does-a-tyre-last')).toBe(
      first.content.entries.get('how-long-does-a-tyre-last'),
    );

    writeFileSync(fileOf(TINY_GUIDE_FILE), TINY_GUIDE_YAML.replace('which bike should I buy', 'which bike suits me'));
    await logged(/reloaded in/);
    expect(serving.current().understand).not.toBe(first.understand);
    const found = await serving.current().understand('which bike suits me');
    expect(found.candidates[0]).toMatchObject({ kind: 'guide', id: 'which-bicycle' });

    const good = serving.current();
    renameSync(content.guidesDir, `${content.guidesDir}-away`);
    writeFileSync(content.guidesDir, 'a file in the place of the folder');
    expect(await logged(/not reloaded/)).toContain('ENOTDIR');
    expect(serving.current()).toBe(good);
    renameSync(content.guidesDir, `${content.guidesDir}-file`);
    renameSync(`${content.guidesDir}-away`, content.guidesDir);
    await logged(/reloaded in/);
    expect(serving.current().content.guides.size).toBe(1);
    expect(reloads).toEqual([true, true, false, true]);
  } finally {
    await reloader.close();
    content.remove();
  }
});
