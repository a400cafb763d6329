import path from 'node:path';
import type { Semantics, SemanticsState } from '../knowledge/semantics/semantics';
import type { TrainedModel } from '../knowledge/trained-model';
import type { Config } from './config';
import { type FileStamps, stampContentFiles } from './content-files';
import type { ExchangeableBot } from './exchangeable-bot';
import { ContentError, formatFault } from './foundation/content-error';
import type { MakeOnce } from './foundation/make-once';
import type { ParseOnce } from './foundation/parse-once';
import { assembleBot, type LoadedBot } from './load-bot';
import { type ContentPlaces, loadContent } from './load-content';
import type { Logger } from './log';
import { watchFiles } from './watch-files';

export interface ReloaderParts {
  readonly config: ContentPlaces & Pick<Config, 'contact' | 'semantic'>;
  readonly model: TrainedModel;
  readonly serving: ExchangeableBot<LoadedBot>;
  /** What the content files were when the serving bot was made of them. */
  readonly seen: FileStamps;
  /** Remembers what was read, so that a reload reads only what changed. */
  readonly parse: ParseOnce;
  /** Remembers what was indexed. */
  readonly once: MakeOnce;
  readonly log: Logger;
  /** Told of every reload whether the content is served now. */
  readonly onReload: (ok: boolean) => void;
}

export interface ContentReloader {
  /** Watches no more, and closes the semantics of all bots that serve or served. */
  close(): Promise<void>;
}

/**
 * Exchanges the bot for one of the content as it is now, whenever a content file is saved. Content with faults is reported, each
 * fault with its file and line, and the last good version goes on serving.
 */
export function startContentReloader({
  config,
  model,
  serving,
  seen,
  parse,
  once,
  log,
  onReload,
}: ReloaderParts): ContentReloader {
  let closed = false;
  const retiring = new Set<Promise<void>>();

  const reload = async (files: readonly string[]): Promise<void> => {
    const startedAt = performance.now();
    const before = serving.current();
    try {
      const next = assembleBot(await loadContent(config, parse), model, config, { previous: before, once });
      const turnsDone = serving.exchange(next);
      if (before.semantics !== undefined && before.semantics !== next.semantics) {
        const retired = retire(before.semantics, next.semantics, turnsDone, log);
        retiring.add(retired);
        void retired.then(() => retiring.delete(retired));
      }
      for (const warning of next.warnings) log.warn({ place: placeOf(warning) }, formatFault(warning));
      const tookMs = Math.round(performance.now() - startedAt);
      const { entries, guides } = next.content;
      log.info(
        { changed: files.map(shown), tookMs },
        `reloaded in ${tookMs} ms: ${counted(entries.size, 'entry', 'entries')}, ${counted(guides.size, 'guide', 'guides')}`,
      );
      if (next.semantics !== before.semantics) {
        void next.semantics?.settled.then((state) => {
          // Those that another reload replaced meanwhile were closed, which is no fault.
          if (!closed && serving.current().semantics === next.semantics) logSemantics(state, log);
        });
      }
      onReload(true);
    } catch (error) {
      onReload(false);
      const faults = error instanceof ContentError ? error.faults : [];
      for (const fault of faults) log.error({ place: placeOf(fault) }, formatFault(fault));
      log.error(
        { changed: files.map(shown), ...(faults.length > 0 ? { faults: faults.length } : { err: error }) },
        'not reloaded: the last good version of the content goes on serving',
      );
    }
  };

  const watch = watchFiles(() => stampContentFiles(config), seen, reload);
  return {
    async close() {
      closed = true;
      await watch.stop();
      await serving.current().semantics?.close();
      await Promise.all(retiring);
    },
  };
}

/** Logs that questions are found by their sense, or why they are not. */
export function logSemantics(state: SemanticsState, log: Logger): void {
  if (state.kind === 'ready') {
    log.info({ sentences: state.sentences, tookMs: state.tookMs }, 'questions are now found by their sense too');
  } else {
    log.warn({ state }, 'questions are found by their words alone: the sentence encoder cannot be used');
  }
}

/**
 * Closes semantics that serve no more, once their last turn has ended. Those that were in use wait for their successors; those that
 * never came to be used go at once, or a row of saves would start a row of encoders.
 */
async function retire(
  old: Semantics,
  next: Semantics | undefined,
  turnsDone: Promise<void>,
  log: Logger,
): Promise<void> {
  await turnsDone;
  if (old.state().kind === 'ready') await next?.settled;
  try {
    await old.close();
  } catch (error) {
    log.warn({ err: error }, 'a sentence encoder could not be closed');
  }
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function shown(file: string): string {
  return path.relative(process.cwd(), file);
}
