import { diffArrays } from 'diff';
import { linesOf, saidOf } from './activity-lines';
import type { ReplayedTurn } from './replay-transcript';

/** So many lines that are the same are shown before and after one that is not. */
const CONTEXT = 2;

/**
 * How a transcript and its replay differ, in one text for the terminal: the turns that differ with what was said, lines that were
 * expected (-) and lines that came (+). One line where nothing differs.
 */
export function replayReport(file: string, turns: readonly ReplayedTurn[]): string {
  const different = turns.filter(({ isSame }) => !isSame);
  if (different.length === 0) return `${file}: the same in ${counted(turns.length)}\n`;
  const parts = different.map((turn) => `${headingOf(turn, turns)}\n${differenceOf(turn)}\n`);
  return `${file}: different in ${different.length} of ${counted(turns.length)}\n\n${parts.join('\n')}\n`;
}

function counted(turns: number): string {
  return turns === 1 ? '1 turn' : `${turns} turns`;
}

function headingOf(turn: ReplayedTurn, turns: readonly ReplayedTurn[]): string {
  const place = turn.place === 0 ? 'before any activity of the person' : `activity ${turn.place}`;
  return `turn ${turns.indexOf(turn) + 1} (${place}): ${saidOf(turn.user)}`;
}

function differenceOf({ bot, came }: ReplayedTurn): string {
  const changes = diffArrays(linesOf(bot), linesOf(came));
  return changes
    .flatMap(({ value, added, removed }, index) => {
      if (added || removed) return value.map((line) => `  ${added ? '+' : '-'} ${line}`);
      return shortened(value, index === 0, index === changes.length - 1).map((line) => `    ${line}`);
    })
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The ends of lines that are the same which stand next to a change. */
function shortened(lines: readonly string[], isFirst: boolean, isLast: boolean): string[] {
  const head = isFirst ? [] : lines.slice(0, CONTEXT);
  const tail = isLast ? [] : lines.slice(Math.max(head.length, lines.length - CONTEXT));
  const gap = head.length + tail.length < lines.length ? ['…'] : [];
  return [...head, ...gap, ...tail];
}
