/** One fault in a content file. `line` is 1-based; 1 where the fault concerns the whole file. */
export interface ContentFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Formats a fault the way editors and terminals make it clickable: `file:line: message`. */
export function formatFault(fault: ContentFault): string {
  return `${fault.file}:${fault.line}: ${fault.message}`;
}

/** Content that cannot be served, with every fault that was found, not only the first. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly faults: readonly ContentFault[];

  constructor(faults: readonly ContentFault[]) {
    super(
      `${faults.length} fault${faults.length === 1 ? '' : 's'} in the content\n${faults.map(formatFault).join('\n')}`,
    );
    this.faults = faults;
  }
}
