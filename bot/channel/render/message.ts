import { type Activity, ActivityTypes, InputHints } from 'botbuilder';
import type { Reply } from '../../reply';
import { replyToMarkdown } from '../../reply-text';
import { keepLinkSpaces } from './keep-link-spaces';

/** A reply as a message without buttons: Markdown, what the client is to expect next, and a question to be spoken. */
export function messageOf(reply: Reply): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    text: keepLinkSpaces(replyToMarkdown(reply)),
    textFormat: 'markdown',
    inputHint: reply.kind === 'question' ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    ...(reply.kind === 'question' ? { speak: reply.text } : {}),
  };
}
