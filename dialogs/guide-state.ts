/**
 * Where somebody is in a guide: plain JSON data. The way walked is not stored but follows from the answers (see walk.ts), so
 * an answer of an abandoned branch cannot count and a changed guide can be walked again with the answers it still knows.
 */
export interface GuideState {
  readonly guide: string;
  /** The content hash of the guide the answers were given to. */
  readonly hash: string;
  /** Question id to choice id. */
  readonly answers: Readonly<Record<string, string>>;
}
