import { normaliseText } from './foundation/normalise-text';

/** The conversation itself, or what was said in it. */
const CONVERSATION =
  /\b(?:chat|chats|conversation|conversations|dialogue|messages)\b|\b(?:we|you and i|i|i've|i have)\b.{0,80}\b(?:said|say|wrote|write|written|typed|type|talk|talked|talking|discussed|told|tell)\b/;
/** A transcript that is not one of something else. */
const TRANSCRIPT =
  /(?:^|\b(?:my|the|a|our|full|whole|entire|this|send|show|get|download|export|save|print|want|need|please|pls) )transcript\b(?! (?:of|from|for) )/;
/** What is known of the person. */
const PERSON =
  /\b(?:gdpr|privacy|erasure)\b|\bdata (?:you|that you|u)\b|\b(?:about|abt|on|of) (?:me|us|myself)\b|\b(?:my|our|personal) (?:\w+ )?data\b/;
const FORGET =
  /\b(?:forget|forgotten)\b.{0,80}\b(?:me|us|forgotten|everything|all)\b|\bright to be forgotten\b|\b(?:my|chat) history\b/;

/**
 * Whether a text speaks of the conversation or of what is known of the person. "Delete my connection" looks like "delete my
 * data", but means something that is none of ours.
 */
export function speaksOfConversation(text: string): boolean {
  const words = normaliseText(text);
  return [CONVERSATION, TRANSCRIPT, PERSON, FORGET].some((pattern) => pattern.test(words));
}
