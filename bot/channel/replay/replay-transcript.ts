import { type Activity, ActivityTypes } from 'botbuilder';
import type { Bot } from '../../bot';
import type { Config } from '../../config';
import { buildLogger } from '../../log';
import { unwatched } from '../../stage';
import { buildLocalBackplane } from '../backplane/local-backplane';
import type { Titles } from '../emulator/qna-trace';
import type { TranscriptActivity } from '../emulator/transcript';
import { inEnvelope, MEMBERS } from '../emulator/transcript-envelope';
import { buildFeedbackStore } from '../feedback-file';
import { buildMetrics } from '../observability/metrics';
import { parseActivity } from '../parse-activity';
import { buildMemoryStorage } from '../storage/memory-storage';
import { buildTurnErrorHandler } from '../turn-error';
import { buildTurnHandler } from '../turn-handler';
import { linesOf } from './activity-lines';
import { ReplayAdapter } from './replay-adapter';
import { splitTranscript, type TranscriptTurn } from './transcript-turns';

/** A turn of a transcript, played again. */
export interface ReplayedTurn extends TranscriptTurn {
  readonly came: readonly TranscriptActivity[];
  readonly isSame: boolean;
}

export type Replay =
  | { readonly ok: true; readonly turns: readonly ReplayedTurn[] }
  | { readonly ok: false; readonly fault: string };

export interface ReplayParts {
  readonly bot: Bot;
  readonly titles: Titles;
  readonly config: Pick<Config, 'conversationIdleMs'>;
}

/**
 * Plays the person's side of a transcript to the bot, as one conversation in the Emulator, through the same turn handler as a
 * server. Fails where an activity does not say who sent it or is not one that a channel would deliver.
 */
export async function replayTranscript(activities: readonly TranscriptActivity[], parts: ReplayParts): Promise<Replay> {
  const split = splitTranscript(activities);
  if (!split.ok) return split;
  const play = buildPlayer(parts);
  const turns: ReplayedTurn[] = [];
  for (const turn of split.turns) {
    const parsed = parseActivity(
      deliverable(turn.user ?? { type: 'conversationUpdate', membersAdded: MEMBERS }, turns.length + 1),
    );
    if (!parsed.ok) return { ok: false, fault: `activity ${turn.place} (${turn.user?.type}): ${parsed.fault}` };
    const came = (await play(parsed.activity)) as TranscriptActivity[];
    turns.push({ ...turn, came, isSame: sameLines(linesOf(turn.bot), linesOf(came)) });
  }
  return { ok: true, turns };
}

/** The activities of a transcript whose type no channel knows, each as a sentence: they get no answer. */
export function strangeActivities(activities: readonly TranscriptActivity[]): string[] {
  const known: readonly string[] = Object.values(ActivityTypes);
  return activities.flatMap(({ type }, index) =>
    known.includes(type)
      ? []
      : [`activity ${index + 1}: no channel knows the type "${type.slice(0, 50)}", so it gets no answer`],
  );
}

function buildPlayer({ bot, titles, config }: ReplayParts): (activity: Activity) => Promise<Partial<Activity>[]> {
  const log = buildLogger({ logLevel: 'silent', logMessages: false });
  // Of a replay nobody wants figures.
  const metrics = buildMetrics({ version: '' });
  const adapter = new ReplayAdapter();
  adapter.onTurnError = buildTurnErrorHandler(log, metrics);
  const onTurn = buildTurnHandler({
    bot,
    titles,
    storage: buildMemoryStorage({ maxItems: 100 }),
    isStorageUp: () => true,
    whenStorageUp: (run) => run(),
    backplane: buildLocalBackplane(),
    config: { ...config, logMessages: false },
    log,
    feedback: buildFeedbackStore({ file: undefined, log }),
    metrics,
    watchStages: () => unwatched,
  });
  return (activity) => adapter.play(activity, onTurn);
}

/** As the Emulator would deliver it; all in one conversation and each under an id of its own, whatever the file says. */
function deliverable(activity: TranscriptActivity, number: number): TranscriptActivity {
  const { id, conversation, channelId, serviceUrl, ...rest } = activity;
  return inEnvelope(rest, 'user', { number, at: new Date(0).toISOString() });
}

function sameLines(expected: readonly string[], came: readonly string[]): boolean {
  return expected.length === came.length && expected.every((line, index) => line === came[index]);
}
