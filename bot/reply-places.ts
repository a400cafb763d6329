import { formatAction } from './action';
import { phrases } from './phrases';
import type { Button, Reply } from './reply';

/** A place whose number the guide reads itself, because several may be typed. */
const READ_BY_GUIDE: Button = { label: '', action: '' };

const CONFIRM_DELETE = formatAction({ kind: 'confirm-delete' });

/** What of a reply has a number in its text, in order: people may type the number instead of pressing a button. */
export function numberedIn(reply: Reply): readonly Button[] {
  switch (reply.kind) {
    case 'question':
      if (reply.places !== 'numbers') return [];
      return reply.several ? reply.choices.map(() => READ_BY_GUIDE) : reply.choices;
    case 'outcome':
      return ticksOf(reply.checklist);
    case 'checklist':
      return ticksOf(reply.items);
    default:
      return [];
  }
}

/**
 * Whether a bare number can name a button of these replies: not where the open question takes it for its answer, and not where
 * everything may be deleted.
 */
export function canBeNumbered(replies: readonly Reply[]): boolean {
  return !replies.some(
    (reply) => (reply.kind === 'question' && reply.places !== 'numbers') || asksToDelete(reply.buttons),
  );
}

/** Whether some buttons are those of the question whether everything is to be deleted. */
export function asksToDelete(buttons: readonly { readonly action: string }[]): boolean {
  return buttons.some(({ action }) => action === CONFIRM_DELETE);
}

function ticksOf(items: readonly { readonly action: string }[]): Button[] {
  return items.map(({ action }, index) => ({ label: phrases.checklistItem(index + 1), action }));
}
