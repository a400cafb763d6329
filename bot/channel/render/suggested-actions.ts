import type { Activity, CardAction } from 'botbuilder';
import type { Reply } from '../../reply';
import { type LabelledButton, labelledButtons } from './labelled-buttons';
import { messageOf } from './message';

/** A reply as a message with suggested actions, each made by `button`. */
export function withSuggestedActions(reply: Reply, button: (one: LabelledButton) => CardAction): Partial<Activity> {
  const actions = labelledButtons(reply).map(button);
  return actions.length === 0 ? messageOf(reply) : { ...messageOf(reply), suggestedActions: { to: [], actions } };
}

/** Suggested actions stay on the last only: clients show those of the newest message, and earlier ones would flash up and vanish. */
export function onlyLastSuggests(activities: readonly Partial<Activity>[]): Partial<Activity>[] {
  return activities.map((activity, index) => {
    if (index === activities.length - 1) return activity;
    const { suggestedActions, ...silent } = activity;
    return silent;
  });
}
