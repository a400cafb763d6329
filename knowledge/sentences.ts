import { plainLine } from './filler';

/** Longest text that is read, in UTF-16 code units. Of a longer one the beginning and the end count: people ask at the end. */
const MAX_READ = 24_000;
const READ_AT_END = 8_000;
/** More words than this without a full stop are a run-on; it is taken apart at commas and conjunctions. */
const MAX_SENTENCE_WORDS = 40;
const MAX_CLAUSE_WORDS = 25;
const MIN_CLAUSE_WORDS = 4;

const ENDS_SENTENCE = /[.!?…;。！？؟][\p{Pe}\p{Pf}"']{0,3}$/u;
const WIDE_END = /([。！？؟])/g;
/** "resize?and" is two sentences, "https://a.b/?c" is none. */
const GLUED = /(?<=[\p{L}\p{N}]{2}[?!])(?=\p{L})/u;
const ABBREVIATION = /^[(]?(?:e\.g|i\.e|eg|ie|vs|etc|approx|incl|resp|no|nr|mr|ms|dr|\p{L})\.$/iu;
const LIST_MARKER = /^(?:[-*•–·>]+|\(?(?:\d{1,2}|\p{L})[.)])$/u;
const NEW_LINE_STARTS = /^(?:[\p{Lu}\p{N}\p{S}\p{P}]|\p{Lo})/u;
const SAYS = /[\p{L}\p{N}]/u;
const CLAUSE_STARTS = new Set(['and', 'but', 'because', 'so', 'then', 'which', 'when', 'while', 'since', 'now', 'if']);

/**
 * The sentences of a text in order, each with a letter or a digit, without list markers. A line is one where the next begins like a sentence;
 * run-ons of more than 40 words are taken apart. Of a text beyond 24,000 characters the middle is left out.
 */
export function sentencesOf(text: string): string[] {
  const read =
    text.length <= MAX_READ
      ? text
      : `${text.slice(0, MAX_READ - READ_AT_END)}\n${text.slice(text.length - READ_AT_END)}`;
  const sentences: string[][] = [];
  let words: string[] = [];
  const end = (): void => {
    if (words.some((word) => SAYS.test(word))) sentences.push(words);
    words = [];
  };
  for (const line of read.replace(WIDE_END, '$1 ').split(/[\r\n\u2028\u2029]+/)) {
    const lineWords = line.split(/\s+/).filter((word) => word !== '');
    if (lineWords.length > 0 && (NEW_LINE_STARTS.test(lineWords[0]!) || opensQuestion(line))) end();
    for (const [index, word] of lineWords.entries()) {
      if (LIST_MARKER.test(word) && (index === 0 || word.endsWith(')'))) {
        end();
        continue;
      }
      for (const piece of mayBeGlued(word) ? word.split(GLUED) : [word]) {
        words.push(piece);
        if (ENDS_SENTENCE.test(piece) && !ABBREVIATION.test(piece)) end();
      }
    }
  }
  end();
  return sentences.flatMap(withoutRunOn).map((sentence) => sentence.join(' '));
}

/** Whether a word is worth looking at closely; an address is not. */
function mayBeGlued(word: string): boolean {
  return (word.includes('?') || word.includes('!')) && !word.includes('://');
}

function withoutRunOn(words: readonly string[]): string[][] {
  if (words.length <= MAX_SENTENCE_WORDS) return [[...words]];
  const clauses: string[][] = [];
  let clause: string[] = [];
  for (const word of words) {
    const opens = CLAUSE_STARTS.has(word.toLowerCase()) || clause.at(-1)?.endsWith(',') === true;
    if (clause.length >= MAX_CLAUSE_WORDS || (opens && clause.length >= MIN_CLAUSE_WORDS)) {
      clauses.push(clause);
      clause = [];
    }
    clause.push(word);
  }
  clauses.push(clause);
  return clauses;
}

const LEAD_IN =
  /^(?:(?:and|but|so|or|also|ok|okay|well|then|now|hi|hello|hey|sorry|um|hmm|please|plus|finally|lastly|secondly|firstly|besides|additionally|again|another question|one more thing|second|first|third|my question is|question)[\s,:-]+)+/;
const AUXILIARY =
  'is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|must|has|have|had|isnt|arent|dont|doesnt|cant|wont';
const SUBJECT =
  'i|we|you|it|they|he|she|one|there|the|a|an|my|our|your|their|its|this|that|these|those|both|all|any|some|anyone|anybody|someone|azure|microsoft';
const OPENS_QUESTION = new RegExp(
  `^(?:(?:${AUXILIARY}) (?:${SUBJECT})\\b|(?:is|are|does|do) (?!not\\b|still\\b|also\\b|now\\b|the following\\b|working\\b|n't)\\w` +
    `|(?:what|which|whose|who|why|how)\\b(?! (?:i|we|you|he|she|they|it)\\b|ever\\b| is why\\b| means\\b)|(?:when|where) (?:${AUXILIARY})\\b` +
    `|(?:please )?(?:tell|show) me\\b|explain\\b|i(?:'d| would)? (?:like|want|need) to (?:know|ask|understand)\\b|i(?:'m| am)? wonder(?:ing)?\\b)`,
);
const HAS_VERB = new RegExp(
  `\\b(?:${AUXILIARY}|about|to|happens?|needs?|works?|costs?|means?|supports?|uses?|gets?|tell|explain)\\b`,
);
const SURELY_OPENS = new RegExp(
  `^(?:(?:${AUXILIARY}) (?:${SUBJECT})\\b|(?:what|which|who|why|how|when|where)(?: \\w+){0,3}? (?:${AUXILIARY})\\b|how (?:much|many|long|often|big|fast)\\b|how (?:do|to)\\b|what about\\b|how about\\b|why\\b)`,
);

/** Whether a sentence asks something: it has a question mark, or opens as questions do. "When I connect, it fails" does not. */
export function asks(sentence: string): boolean {
  const plain = plainLine(sentence);
  return /[?？؟]/.test(plain) || OPENS_QUESTION.test(withoutLeadIn(plain).replaceAll("n't", 'nt'));
}

/** Whether the words right after a conjunction are a question of their own, beyond doubt. */
export function opensQuestion(words: string): boolean {
  return SURELY_OPENS.test(withoutLeadIn(plainLine(words)));
}

/** Whether a clause may be a sentence: "which VPN client" is none. Knows the verbs that questions are made with. */
export function hasVerb(clause: string): boolean {
  return HAS_VERB.test(plainLine(clause));
}

/** A normalised sentence without the "and", "also", "hi" it opens with; the whole where nothing else is left. */
export function withoutLeadIn(plain: string): string {
  return plain.replace(LEAD_IN, '') || plain;
}

/** Whether a sentence has a word that stands for something said before ("does it cost more?"). "Is it possible to" has none. */
export function refersBack(sentence: string): boolean {
  const plain = plainLine(sentence)
    .replace(
      /\b(?:is|are|was|would|will) it (?:be )?(?:possible|ok|okay|allowed|necessary|better|true that|safe to|best)\b/g,
      '',
    )
    .replace(/\b(?:does|will|would) it (?:matter|take)\b/g, '');
  return /\b(?:it|its|they|them|their|those|these|this|that|ones?|same|both)\b/.test(plain);
}
