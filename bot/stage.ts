/** The parts of a turn that take time, in their order: none overlaps another. */
export type Stage = 'read' | 'understand' | 'respond' | 'commit' | 'send';

/** Does a part of a turn under the eyes of whoever measures it. What `work` returns or throws is handed on. */
export type DuringStage = <T>(stage: Stage, work: () => T | Promise<T>) => Promise<T>;

/** Does the work, and measures nothing. */
export const unwatched: DuringStage = async (_stage, work) => work();
