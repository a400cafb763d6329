import type { Activity } from 'botbuilder';
import { outcomeToPlainText } from '../../outcome-text';
import type { Reply } from '../../reply';
import { messageBack } from './labelled-buttons';
import { onlyLastSuggests, withSuggestedActions } from './suggested-actions';

/** What a web page is told about an outcome: which guide it ends, and what copying it should give. */
export interface OutcomeData {
  readonly kind: 'outcome';
  readonly guide: string;
  readonly title: string;
  /** The whole outcome as plain text. */
  readonly text: string;
}

/** The replies of one turn for Web Chat, on our own Direct Line and on Azure's: suggested actions, and channel data with an outcome. */
export function renderForWebChat(replies: readonly Reply[]): Partial<Activity>[] {
  return onlyLastSuggests(
    replies.map((reply) => ({
      ...withSuggestedActions(reply, messageBack),
      ...(reply.kind === 'outcome' ? { channelData: outcomeData(reply) } : {}),
    })),
  );
}

function outcomeData(outcome: Reply & { readonly kind: 'outcome' }): OutcomeData {
  return { kind: 'outcome', guide: outcome.guideId, title: outcome.guideTitle, text: outcomeToPlainText(outcome) };
}
