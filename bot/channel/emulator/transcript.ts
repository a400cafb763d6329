import * as v from 'valibot';

/** One activity of a transcript, as it stands in the file. */
export type TranscriptActivity = Readonly<Record<string, unknown>> & { readonly type: string };

export type ParsedTranscript =
  | {
      readonly ok: true;
      readonly activities: readonly TranscriptActivity[];
      /** The text of a transcript of other activities, in the form in which this one came. */
      readonly rewrite: (activities: readonly TranscriptActivity[]) => string;
    }
  | { readonly ok: false; readonly fault: string };

const Activity = v.looseObject({ type: v.pipe(v.string(), v.minLength(1)) });
const NEEDED = 'a transcript is a JSON array of activities, as the Emulator’s "Save transcript" writes it';

/**
 * The activities of a transcript: the JSON array that the Emulator saves, or an object with such an array in `activities`. A fault
 * says where it is and what is needed; never throws.
 */
export function parseTranscript(text: string): ParsedTranscript {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, fault: `${placeOf(error, text)}: not JSON; ${NEEDED}` };
  }
  const list = Array.isArray(json) ? json : isRecord(json) ? json.activities : undefined;
  if (!Array.isArray(list)) return { ok: false, fault: `${NEEDED}; found ${nameOf(json)}` };
  if (list.length === 0) return { ok: false, fault: `it holds no activity; ${NEEDED}` };
  const wrong = list.findIndex((one) => !v.is(Activity, one));
  if (wrong >= 0) {
    const found = isRecord(list[wrong]) ? 'an object without a `type`' : nameOf(list[wrong]);
    return { ok: false, fault: `activity ${wrong + 1}: an object with a \`type\` is needed, found ${found}` };
  }
  return {
    ok: true,
    activities: list as TranscriptActivity[],
    rewrite: (activities) => formatTranscript(isRecord(json) ? { ...json, activities } : activities),
  };
}

/** The text of a transcript file: JSON that people can read and compare. */
export function formatTranscript(transcript: object): string {
  return `${JSON.stringify(transcript, undefined, 2)}\n`;
}

/** Where JSON breaks off, as far as Node tells it. */
function placeOf(error: unknown, text: string): string {
  const at = /at position (\d+)/.exec(String(error))?.[1];
  if (at === undefined) return text.trim() === '' ? 'the file is empty' : 'at its end';
  const before = text.slice(0, Number(at)).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

function nameOf(value: unknown): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : isRecord(value)
        ? 'an object'
        : `a ${typeof value}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
