import { type Action, formatAction } from './action';
import type { Content } from './content';
import { resume } from './guide-turn';
import { type Memory, NEW_MEMORY } from './memory';
import { phrases } from './phrases';
import { textReply } from './replies';
import { asksToDelete } from './reply-places';
import type { Said } from './said';

const CONFIRM: Action = { kind: 'confirm-delete' };
const KEEP: Action = { kind: 'keep-data' };

/** Narrower than what counts as "yes" elsewhere: "right" and "we do" are too little to destroy something for. */
const YES =
  /^(?:(?:yes|y|yep|yeah|yup|sure|ok|okay|of course|go ahead|do it|please do|i am sure|i m sure|confirm|confirmed)(?: |$))+(?:please|i am|i m sure|do it|do so|go ahead|thanks|thank you)?$/;
/** The wish itself is no yes: a channel may deliver the message that began it twice. */
const YES_DELETE =
  /^(?:(?:(?:yes|yep|yeah|yup|sure|ok|okay) )+(?:please )?(?:delete|erase|remove|forget|wipe)(?: (?:it|this|that|them|all|everything|now|please|all of it|me|my data))*|(?:please )?(?:delete|erase|remove|wipe) it(?: (?:please|now))?)$/;
const NO =
  /^(?:(?:no|n|nope|nah|no thanks|no thank you|please)(?: |$))*(?:(?:not|not now|not yet|never mind|nevermind|cancel|stop|abort|rather not|better not|i changed my mind|wait|do not|don t|dont|(?:do not|don t|dont) (?:delete|erase|remove|forget|do)(?: (?:it|this|that|anything|me|my data))?|keep(?: (?:it|this|that|them|all|everything|my data))?)(?: please)?)?$/;

/** Asks whether everything is really to be deleted: nothing is deleted for this alone. */
export function askToDelete(): Said {
  const buttons = [
    { label: phrases.confirmDelete, action: formatAction(CONFIRM) },
    { label: phrases.keepData, action: formatAction(KEEP) },
  ];
  return { kind: 'command', replies: [textReply(phrases.askToDelete, buttons)] };
}

/**
 * "Yes, delete it": forgets all and leaves it to the edge to delete what it keeps and to say so. Only as the answer to
 * {@link askToDelete}; an old button, and one pressed by somebody else in a group, asks first.
 */
export function confirmDelete({ offers }: Memory): Said {
  if (!asksToDelete(offers)) return askToDelete();
  return { kind: 'command', replies: [], memory: NEW_MEMORY, effect: 'delete-data' };
}

/** "No, keep it": says so, and goes on with the open question of a guide. */
export function keepData(memory: Memory, content: Content): Said {
  return { kind: 'command', replies: [textReply(phrases.dataKept), ...resume(memory, content)] };
}

/** Leaves it to the edge, which keeps the messages, to send them; the open question of a guide comes after them. */
export function sendTranscript(memory: Memory, content: Content): Said {
  return { kind: 'command', replies: resume(memory, content), effect: 'send-transcript' };
}

/** The answer to {@link askToDelete} that `words`, as `plainWords` gives them, are; `undefined` for any other words. */
export function answerToDelete(words: string): Action | undefined {
  if (words === '') return undefined;
  if (NO.test(words)) return KEEP;
  return YES.test(words) || YES_DELETE.test(words) ? CONFIRM : undefined;
}
