import path from 'node:path';
import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml, strictFields } from '../bot/foundation/yaml-source';

/** A message about the conversation itself: small talk to reply to, or a command to carry out. */
export interface Intent {
  readonly id: string;
  readonly kind: 'smalltalk' | 'command';
  readonly utterances: readonly string[];
  /** Markdown. Small talk always has one; a command may leave the words to the code. */
  readonly reply: string | undefined;
  readonly file: string;
}

const Utterance = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'an utterance must be one line of text; put it in quotes'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('an utterance is empty'),
);
const IntentFile = v.pipe(
  strictFields({
    kind: v.picklist(
      ['smalltalk', 'command'],
      (issue) => `found ${issue.received}; "smalltalk" or "command" is needed`,
    ),
    utterances: v.pipe(
      v.array(Utterance, 'a list of utterances is needed'),
      v.minLength(3, 'at least 3 utterances are needed'),
    ),
    reply: v.optional(v.pipe(v.string('a text is needed'), v.trim(), v.nonEmpty('the reply is empty'))),
  }),
  v.forward(
    v.partialCheck(
      [['kind'], ['reply']],
      ({ kind, reply }) => kind !== 'smalltalk' || reply !== undefined,
      'small talk needs one',
    ),
    ['reply'],
  ),
);

export type IntentResult =
  | { readonly ok: true; readonly intent: Intent }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

/** Reads one intent; its id is the file's name. Never throws. */
export function parseIntent(text: string, file: string): IntentResult {
  const result = readYaml(text, file, IntentFile);
  if (!result.ok) return result;
  const { kind, utterances, reply } = result.source.value;
  return { ok: true, intent: { id: path.basename(file, path.extname(file)), kind, utterances, reply, file } };
}
