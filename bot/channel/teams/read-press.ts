import { parseAction } from '../../action';
import { phrases } from '../../phrases';
import type { UserMessage } from '../../user-message';
import { parseJson } from '../parse-json';

/** A button of a card that was pressed. */
export interface Press {
  /** What the person did: one message, or several that belong together. Empty where a field was to be filled in and was not. */
  readonly messages: readonly UserMessage[];
  /** What was chosen, in words; empty where only the answer tells. */
  readonly chosen: string;
  /** The question on the card; `undefined` where the card stays as it is. Bounded, and not to be trusted. */
  readonly asked: string | undefined;
  /** Whose card it is; `undefined` where anybody may press. */
  readonly owner: string | undefined;
}

/** Longest question on a card that comes back with its buttons, in UTF-16 code units. */
export const MAX_ASKED = 400;
/** Longest text that is taken out of a field. */
export const MAX_TYPED = 1_000;
const MAX_LABEL = 500;
const MAX_PICKS = 50;

type Data = Readonly<Record<string, unknown>>;

/**
 * What a press on a card of ours says, from the data that its client sent; `undefined` where it says nothing that could be
 * meant. A field whose text is sent is heard as typed; picks become the same presses that single buttons would be.
 */
export function readPress(value: unknown): Press | undefined {
  const data = asData(value);
  if (data === undefined) return undefined;
  const about = { asked: textIn(data, 'asked', MAX_ASKED), owner: textIn(data, 'owner', 100) };
  const action = textIn(data, 'action', MAX_LABEL);
  if (action !== undefined) {
    const label = textIn(data, 'label', MAX_LABEL) ?? action;
    return { ...about, messages: [{ kind: 'button', action, label }], chosen: label };
  }
  const field = textIn(data, 'field', 40);
  if (field === undefined) return undefined;
  const filled = textIn(data, field, MAX_TYPED * 5)?.trim() ?? '';
  switch (textIn(data, 'submit', 20)) {
    case 'typed': {
      const text = filled.slice(0, MAX_TYPED);
      return { ...about, messages: text === '' ? [] : [{ kind: 'text', text }], chosen: text };
    }
    case 'chosen': {
      if (filled === '') return { ...about, messages: [], chosen: '' };
      const chosen = asData(filled);
      const picked = chosen && textIn(chosen, 'action', MAX_LABEL);
      if (chosen === undefined || picked === undefined) return undefined;
      const label = textIn(chosen, 'label', MAX_LABEL) ?? picked;
      return { ...about, messages: [{ kind: 'button', action: picked, label }], chosen: label };
    }
    case 'picked': {
      const messages = picks(filled, textIn(data, 'before', MAX_TYPED * 5) ?? '');
      return messages && { ...about, messages, chosen: '' };
    }
    default:
      return undefined;
  }
}

/** The presses between what was picked before and what is now, and that this is all; actions parted by commas. */
function picks(now: string, before: string): readonly UserMessage[] | undefined {
  const listed = (text: string): string[] => [...new Set(text.split(',').filter((part) => part !== ''))];
  const [wanted, had] = [listed(now), listed(before)];
  if (wanted.length === 0) return [];
  const read = [...wanted, ...had].map(parseAction);
  const first = read[0];
  if (first?.kind !== 'pick' || read.length > MAX_PICKS) return undefined;
  const { guide, question } = first;
  const fits = read.every((one) => one?.kind === 'pick' && one.guide === guide && one.question === question);
  if (!fits) return undefined;
  const press = (action: string): UserMessage => ({ kind: 'button', action, label: phrases.thatsAll });
  return [
    ...had.filter((one) => !wanted.includes(one)).map((one) => press(one.replace(/^pick:/, 'unpick:'))),
    ...wanted.filter((one) => !had.includes(one)).map(press),
    press(`done:${guide}/${question}`),
  ];
}

/** Some clients turn data into a string on the way. */
function asData(value: unknown): Data | undefined {
  if (typeof value === 'string' && value.startsWith('{') && value.length < 20_000) return asData(parseJson(value));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : undefined;
}

function textIn(data: Data, name: string, maxLength: number): string | undefined {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : undefined;
}
