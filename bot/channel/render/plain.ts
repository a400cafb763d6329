import type { Activity } from 'botbuilder';
import type { Reply } from '../../reply';
import { imBack } from './labelled-buttons';
import { onlyLastSuggests, withSuggestedActions } from './suggested-actions';

/** The replies of one turn for a channel of which nothing is known: its buttons say their labels, which does the same. */
export function renderPlainly(replies: readonly Reply[]): Partial<Activity>[] {
  return onlyLastSuggests(replies.map((reply) => withSuggestedActions(reply, imBack)));
}
