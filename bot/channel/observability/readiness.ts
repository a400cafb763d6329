/** Something without which the bot had better not be sent anybody. */
export interface ReadinessCheck {
  /** In a word, as operators are told. */
  readonly name: string;
  /** Asked each time that somebody wants to know: has to be quick, and must not throw. */
  readonly isReady: () => boolean;
}

/** What `/ready` answers. */
export type Readiness =
  | { readonly status: 'ready' }
  /** Names of the checks that fail. */
  | { readonly status: 'not ready'; readonly waitsFor: readonly string[] }
  /** It goes on answering for a while, and wants nobody new. */
  | { readonly status: 'stopping' };

/** Whether the bot may be sent people: not while it stops, and not before all checks hold. */
export function readinessOf(checks: readonly ReadinessCheck[], isStopping: boolean): Readiness {
  if (isStopping) return { status: 'stopping' };
  const waitsFor = checks.filter(({ isReady }) => !isReady()).map(({ name }) => name);
  return waitsFor.length === 0 ? { status: 'ready' } : { status: 'not ready', waitsFor };
}
