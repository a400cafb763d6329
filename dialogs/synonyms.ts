import { plainWords } from '../bot/foundation/normalise-text';

/** What people type when they do not know; the same in every question of every guide. */
export const UNKNOWN_SYNONYMS: readonly string[] = [
  "I don't know",
  "don't know",
  'dont know',
  'do not know',
  'idk',
  'dunno',
  'not sure',
  "I'm not sure",
  'unsure',
  'not really sure',
  'not so sure',
  'not quite sure',
  'no idea',
  'no clue',
  'unknown',
  'not certain',
  "can't say",
  'hard to say',
  'maybe',
  'how would I know',
  'skip',
  'pass',
];

/** What people type for choices with the ids `yes` and `no`; authors need not list these. */
export const YES_NO_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  yes: [
    'yes',
    'y',
    'yep',
    'yeah',
    'yup',
    'sure',
    'for sure',
    'correct',
    'that is correct',
    "that's correct",
    'right',
    'that is right',
    "that's right",
    'of course',
    'it does',
    'we do',
    'I do',
    'true',
  ],
  no: [
    'no',
    'n',
    'nope',
    'nah',
    'not',
    'not at all',
    'not really',
    'none',
    'neither',
    "it doesn't",
    'it does not',
    "we don't",
    'we dont',
    'we do not',
    "I don't",
    'I dont',
    'I do not',
    'false',
  ],
};

/** {@link UNKNOWN_SYNONYMS} as `plainWords` writes them: every question of every guide has them, so they are worked out once. */
export const UNKNOWN_SPELLINGS: readonly string[] = UNKNOWN_SYNONYMS.map(plainWords);

/** {@link YES_NO_SYNONYMS} as `plainWords` writes them, in the same order. */
export const YES_NO_SPELLINGS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(YES_NO_SYNONYMS).map(([id, synonyms]) => [id, synonyms.map(plainWords)]),
);

/** Words that are an answer only when they are the whole reply: inside one they say other things ("right now", "not working"). */
export const ANSWERS_ALONE: ReadonlySet<string> = new Set([
  'y',
  'n',
  'sure',
  'right',
  'correct',
  'true',
  'false',
  'not',
  'unknown',
  'skip',
  'pass',
]);

/** What people type when they have picked all that fit; as `plainWords` writes it. */
export const DONE_SYNONYMS: ReadonlySet<string> = new Set([
  'done',
  'that is all',
  'that s all',
  'thats all',
  'that s it',
  'thats it',
  'finished',
  'no more',
  'nothing else',
  'ready',
  'go on',
  'next',
]);
