import type { Guide } from '../dialogs/guide';
import type { OpenGuide } from '../dialogs/opening';
import type { Entry } from '../knowledge/entry';
import type { GlossaryItem } from '../knowledge/glossary';
import type { Intent } from '../knowledge/intent';
import type { Contact, Source } from './reply';

/** Everything a turn may speak of, by id. */
export interface Content {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly guides: ReadonlyMap<string, Guide>;
  /** Ids of entries that people ask most, the most asked first. */
  readonly mostAsked: readonly string[];
  /** Finds what is known before a guide asks for it. */
  readonly openGuide: OpenGuide;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly glossary: readonly GlossaryItem[];
  /** The public page of an entry, by the source file that the entry names. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Who helps when the bot cannot; `undefined` where nobody is named. */
  readonly contact: Contact | undefined;
}
