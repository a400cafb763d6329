import { isPlain, MAX_TEXT_LENGTH, normaliseText } from '../bot/foundation/normalise-text';

/** Words that name no topic: grammar, courtesy, and the words with which people beg for help. */
const FILLER: ReadonlySet<string> = new Set(
  `a about actually advance advice advise after again all already also always am an and any anybody anyone anything apply appreciate
  appreciated are around as ask asked asking assist at aware be because been before being best both but by bye can cant case
  cheers clear clue colleagues come correct could couldnt curious day dear did didnt do does doesnt doing done dont each either else
  even ever every everybody everyone exactly explain fine folks for from get give go goes going good got great guidance guide guys
  had happy has hasnt have havent having he hello help helpful her here hey hi him his hold hope how however i id idea ideas if ill
  im in info information input insight into is isnt it its ive just k kind kindly know knows let lets like ll look looking lot love
  many may maybe me mean means meant might mind more morning most much must my need needs new next nice no none nope not now of off oh ok
  okay on one ones only or other our ours out over perhaps please pls plz point possible possibly pray probably quick quickly quite
  rather re really regards right same say see seems shall she should since so some somebody somehow someone something sorry still such
  suggestion suggestions support sure ta take team tell than thank thanks that thats the their them then there theres these they
  thing things think this those thoughts through thx time times tips to today too true try trying under understand until up us use
  used using ve very via want wanted wants was we welcome well were what whats when where whether which while who whom whose why will
  wish with within without wonder wondering wont work works would wouldnt yeah yep yes yet you your yours`.match(
    /\S+/g,
  ),
);

/** What normalising leaves as it is, but for capitals and spaces: most of what people type, and much faster told than done. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** A sentence in one spelling, as `normaliseText` makes it: lower case, straight quotes, single spaces. */
export function plainLine(sentence: string): string {
  if (sentence.length > MAX_TEXT_LENGTH || !PLAIN.test(sentence) || sentence.includes('`'))
    return normaliseText(sentence);
  return sentence.toLowerCase();
}

const WORD = /[\p{L}\p{N}]+(?:[.'/-][\p{L}\p{N}]+)*/gu;

/** The same for plain text, several times as fast. */
const PLAIN_WORD = /[a-z0-9]+(?:[.'/-][a-z0-9]+)*/g;

/** The words of a text that may name its topic, in lower case and in order; empty for "can anyone help me?". */
export function tellingWords(text: string): string[] {
  const line = plainLine(text);
  const words = line.match(isPlain(line) ? PLAIN_WORD : WORD) ?? [];
  return words.filter((word) => !FILLER.has(word.includes("'") ? word.replaceAll("'", '') : word));
}
