import { ActivityTypes, type Attachment, type CardAction } from 'botbuilder';
import type { TranscriptActivity } from '../emulator/transcript';

const CARD = /^application\/vnd\.microsoft\.card\.(\w+)$/;

/** So much of what the person said is shown, in UTF-16 code units. */
const MAX_SAID = 100;

/** Stands between two messages of one turn. */
const NEXT_MESSAGE = '· · ·';

/** Whether an activity of the bot is something that a person sees or a channel acts upon: traces and typing are not. */
export function isCompared({ type }: TranscriptActivity): boolean {
  return ![ActivityTypes.Trace, ActivityTypes.Typing, 'delay'].includes(type);
}

/** What the bot said in one turn as lines to be compared: texts, attachments by their kind, buttons by their labels. */
export function linesOf(activities: readonly TranscriptActivity[]): string[] {
  return activities
    .filter(isCompared)
    .flatMap((activity, index) => [...(index === 0 ? [] : [NEXT_MESSAGE]), ...linesOfOne(activity)]);
}

/** What the person did, in one line; what was pressed stands in brackets. */
export function saidOf(activity: TranscriptActivity | undefined): string {
  if (activity === undefined) return '(nothing yet)';
  const { type, text, value } = activity;
  if (type !== ActivityTypes.Message) return labelOf(activity);
  const words = typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '';
  const shown = words.length > MAX_SAID ? `${words.slice(0, MAX_SAID - 1)}…` : words;
  const said = value === undefined ? shown : `[${shown}]`;
  return [...(said === '' ? [] : [said]), ...attachmentsOf(activity).map(({ contentType }) => `(${contentType})`)].join(
    ' ',
  );
}

function labelOf({ type, name }: TranscriptActivity): string {
  return typeof name === 'string' ? `(${type} ${name})` : `(${type})`;
}

function linesOfOne(activity: TranscriptActivity): string[] {
  const { type, text } = activity;
  if (type !== ActivityTypes.Message) return [labelOf(activity)];
  // It holds the times at which things were said.
  if ((activity.channelData as { readonly kind?: unknown } | undefined)?.kind === 'transcript') return ['(transcript)'];
  const words = typeof text === 'string' && text.trim() !== '' ? text.split('\n').map((line) => line.trimEnd()) : [];
  const attached = attachmentsOf(activity).flatMap(({ contentType, content }) => [
    `(${kindOf(contentType)})`,
    ...buttonsOf((content as { readonly buttons?: unknown } | undefined)?.buttons),
  ]);
  const { actions } = (activity.suggestedActions ?? {}) as { readonly actions?: unknown };
  return [...words, ...attached, ...buttonsOf(actions)];
}

function kindOf(contentType: unknown): string {
  const card = CARD.exec(String(contentType))?.[1];
  return card === undefined ? `attachment ${contentType}` : `${card} card`;
}

function attachmentsOf({ attachments }: TranscriptActivity): readonly Partial<Attachment>[] {
  return Array.isArray(attachments) ? attachments.filter((one) => typeof one === 'object' && one !== null) : [];
}

function buttonsOf(actions: unknown): string[] {
  return Array.isArray(actions)
    ? actions.map((action: Partial<CardAction> | null) => `[${action?.title ?? action?.value ?? ''}]`)
    : [];
}
