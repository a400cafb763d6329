import type { SaidPhrase } from './said-phrase';

/** Something that several guides ask, with what people say for it in an opening sentence. */
export type Fact = ChoiceFact | SeveralFact | ValueFact;

/** A fact with one value. */
export interface ChoiceFact extends Common {
  readonly kind: 'choice';
  /** Value ids to the phrases for them. */
  readonly values: ReadonlyMap<string, readonly SaidPhrase[]>;
  /** The value that it has when several others are said. */
  readonly together: string | undefined;
  /** Values to those that they take in: when both are said, only the larger one is. */
  readonly includes: ReadonlyMap<string, readonly string[]>;
}

/** A fact that can have several values at once. */
export interface SeveralFact extends Common {
  readonly kind: 'several';
  readonly values: ReadonlyMap<string, readonly SaidPhrase[]>;
}

/** A fact that is a number, an address or address ranges. */
export interface ValueFact extends Common {
  readonly kind: 'value';
  readonly type: ValueType;
  /** The unit of a number that is a rate; only numbers that are said with a rate count for it. */
  readonly unit: string | undefined;
  readonly said: readonly SaidPhrase[];
}

interface Common {
  readonly id: string;
  readonly about: string;
  /** What looks like evidence and is none: no phrase counts that overlaps one of these. */
  readonly except: readonly SaidPhrase[];
  /** What makes that which follows it a wish or a question: no phrase counts that begins soon after one of these. */
  readonly notAfter: readonly SaidPhrase[];
}

export type ValueType = 'number' | 'range' | 'ranges' | 'address' | 'asn';
/** The facts by their names. */
export type Facts = ReadonlyMap<string, Fact>;
