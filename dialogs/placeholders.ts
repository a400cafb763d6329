/** `{name}` or `{name|words where it is not known}` in a text of a guide. */
const PLACEHOLDER = /\{([a-z][a-z0-9-]*(?:\.[a-z-]+)?)(?:\|([^{}]*))?\}/g;

/** A placeholder as it stands in a text. */
export interface Placeholder {
  /** A question's id, or a check's id, a dot and the name of a figure. */
  readonly name: string;
  /** What is said where the value is not known; `undefined` where the author relies on it. */
  readonly otherwise: string | undefined;
}

/** The placeholders of a text, in order. */
export function placeholdersIn(text: string): Placeholder[] {
  if (!text.includes('{')) return [];
  return [...text.matchAll(PLACEHOLDER)].map(([, name, otherwise]) => ({ name: name!, otherwise }));
}

/** The text with what is known filled in. A value that is not known leaves the words after `|`, else the name in plain words. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    PLACEHOLDER,
    (_, name: string, otherwise?: string) => values.get(name) ?? otherwise ?? name.replaceAll(/[-.]/g, ' '),
  );
}
