import { normaliseText } from '../bot/foundation/normalise-text';
import { tellingWords } from './filler';
import { asks, refersBack } from './sentences';

/** A text that leans on the question before it. */
export interface FollowUp {
  /** The last question and this text in one: what to look for. */
  readonly query: string;
  /** What is new in it ("IKEv2" of "and what about IKEv2?"); empty for a bare "why?". */
  readonly about: string;
  /** Whether the text alone means nothing, or perhaps something. */
  readonly alone: 'nothing' | 'something';
  /** True where it takes back how the last question was understood ("no, I meant IKEv2"). */
  readonly corrects: boolean;
}

/** Longer texts, in words, stand alone. */
const MAX_WORDS = 14;

const CORRECTION =
  /^(?:(?:no|nope|nah|sorry)[,.;:!]\s*(?:(?:i|we) (?:mean|meant)\s+)?|(?:(?:no|sorry) )?(?:i|we) (?:mean|meant)(?: (?:is|was))?\s+)(?=\S)/;
const OPENER =
  /^(?:(?:and|but|or|so|also|even|then|ok|okay|well|hmm+|cool|fine|right|good|great|thanks|thank you|thx|got it|i see|sure)[\s,.!;:-]+)+(?=\S)/;
const CLOSER =
  /(?:(?<![\s,])[\s,]+(?:too|also|as well|then|either|though|instead|please|pls|thanks|now|as an? (?:option|alternative)))+$/;
const BARE =
  /^(?:and|so|why|why not|why so|why is (?:that|this|it)(?: so)?|how|how so|how come|how exactly|how much|how many|how long|how often|when|since when|until when|where|where exactly|who|which|which ones?|which of them|what for|what else|anything else|like what|such as|for example|for instance|an example|example|really|seriously|so what|what now|now what|then what|what then|meaning|more|tell me more|go on|details|more details?|more info|in detail|explain|explain (?:that|this|it)|elaborate|can you (?:explain|elaborate)(?: (?:that|this|it))?|what does (?:that|this|it) mean|what do you mean(?: by (?:that|this|it))?|how do i do (?:that|this|it)|how does (?:that|this|it) work|how can i do (?:that|this|it)|what is the reason|what's the reason|and why|reason|for what reason|is (?:it|that) possible|how much is (?:it|that)|how long is (?:it|that))$/;
const WHAT_ABOUT = /^(?:what|how|how's|what's) about\b\s*(?:if (?:i|we) (?:use|have|want)\s+)?/;
const SAME =
  /^(?:(?:is|does|do|would|will|are|can|could|is n't|isn't|doesn't)\s+(?:it|that|this|those|these|they|the same|all (?:that|this)|all of (?:that|this))\s+(?:also |still |then |even |be )*(?:(?:the same|true|valid|the case|different|go|goes|apply|applies|hold|holds|count|counts)\s*(?:also |too |as well )?(?:true )?)(?:for|with|on|in|to|of|when using|if i use|using|over|via|as)\s+|(?:the )?same (?:thing |question )?(?:for|with|on|to|in|about)\s+|(?:is|are) (?:it|that|this|they) (?:the )?same (?:for|with|on|in|as)\s+)/;
const PREPOSITION =
  /^(on|for|with|in|over|via|using|through|from|to|between|without|behind|under|inside|after|before|if i use|when using|when i use)\s+(?=\S)/;
/** A verb makes a statement of what would else be a mere name. */
const STATES = /\b(?:is|are|was|were|has|have|had|got|does|did|need|needs|want|wants|get|gets|fails?|works?)\b/;
/** Prepositions that say the same of a thing: a phrase with one may take the place of a phrase with another. */
const KIN: readonly (readonly string[])[] = [
  ['on', 'for', 'in', 'under', 'inside'],
  ['with', 'using', 'over', 'via', 'through', 'if i use', 'when using', 'when i use'],
];
const PHRASE_ENDS =
  /[,.;:?!]|\s(?:on|for|with|in|over|via|using|through|from|to|between|without|behind|and|or|if|when|while|but|so)\s/i;

/**
 * Reads a text as a follow-up to `lastQuestion`; `undefined` where it stands alone, so that a whole question after an answer is
 * never mixed with the one before it.
 *
 * readFollowUp('and on policy based?', 'Can I use BGP on Basic?')?.query // 'Can I use BGP on policy based'
 */
export function readFollowUp(text: string, lastQuestion: string): FollowUp | undefined {
  const whole = normaliseText(text).replace(/(?<![\s?!.,;:…？؟])[\s?!.,;:…？؟]+$/u, '');
  if (whole === '' || whole.split(' ').length > MAX_WORDS) return undefined;
  const corrected = whole.replace(CORRECTION, '');
  const corrects = corrected !== whole;
  const opened = corrected.replace(OPENER, '');
  const hasOpener = opened !== corrected;
  const core = opened.replace(CLOSER, '');
  const found = (about: string, alone: FollowUp['alone'], query = join(lastQuestion, about)): FollowUp => ({
    query,
    about,
    alone,
    corrects,
  });

  if (BARE.test(opened) || BARE.test(core)) return found('', 'nothing', `${opened} ${lastQuestion}`.trim());
  const frame = WHAT_ABOUT.exec(core) ?? SAME.exec(core);
  if (frame !== null) {
    const about = core.slice(frame[0].length).replace(CLOSER, '');
    if (about === '') return found('', 'nothing', lastQuestion);
    if (asksOnItsOwn(about)) return undefined;
    // Behind "the same with" or "also on" the preposition belongs to the frame; only "what about on Basic" has its own.
    // "What about the gateway subnet" may well be a topic of its own; "is it the same with policy based" never is.
    const most = PREPOSITION.test(about) || SAME.test(core) ? 2 : 1;
    const leans = tellingWords(about).length <= most;
    return found(about.replace(PREPOSITION, ''), leans ? 'nothing' : 'something', replaced(lastQuestion, about));
  }
  const preposition = PREPOSITION.exec(core)?.[0];
  if (preposition !== undefined && !asksOnItsOwn(core.slice(preposition.length))) {
    return found(
      core.slice(preposition.length),
      fewWords(core) ? 'nothing' : 'something',
      replaced(lastQuestion, core),
    );
  }
  if (asksOnItsOwn(core)) {
    if (refersBack(core)) return found(tellingWords(core).join(' '), 'something', join(lastQuestion, core));
    return corrects ? found(core, 'something', core) : undefined;
  }
  if (corrects || hasOpener) {
    if (!fewWords(core) || tellingWords(core).length === 0) return undefined;
    return found(core, STATES.test(core) ? 'something' : 'nothing');
  }
  const shortened = core !== opened;
  const isBareName = tellingWords(core).length > 0 && core.split(' ').length <= 3;
  return isBareName && (shortened || /[?？؟]\s*$/u.test(text)) ? found(core, 'something') : undefined;
}

function asksOnItsOwn(plain: string): boolean {
  return asks(plain) || /\b(?:can|could|does|do|is|are|will|should) (?:i|we|it|they|there|the|my|you)\b/.test(plain);
}

function fewWords(plain: string): boolean {
  return tellingWords(plain).length <= 2;
}

/** The question with its last phrase of the same kind replaced: "… on the Basic SKU" by "on policy-based". */
function replaced(question: string, phrase: string): string {
  const preposition = PREPOSITION.exec(phrase)?.[1];
  if (preposition === undefined) return join(question, phrase);
  const kin = KIN.find((group) => group.includes(preposition)) ?? [preposition];
  const lower = question.toLowerCase();
  const at = Math.max(...kin.map((one) => lower.lastIndexOf(` ${one} `)));
  // Some letters change their length in lower case; then the places do not match.
  if (at < 0 || lower.length !== question.length) return join(question, phrase);
  const inside = question.slice(at + 1);
  const opening = kin.find((one) => inside.toLowerCase().startsWith(`${one} `))!;
  const rest = inside.slice(opening.length + 1);
  const end = PHRASE_ENDS.exec(rest);
  return `${question.slice(0, at)} ${phrase}${end === null ? '' : rest.slice(end.index)}`.trim();
}

function join(question: string, words: string): string {
  return `${question} ${words}`.trim();
}
