import { BICYCLE_FILES } from '../bicycle-files';
import { entryFile, SMALL_VOCABULARY, type TempContent, tempContent } from '../temp-content';

/** Something to say, and words that stand in its answer and in no other answer of the same talk. */
export interface Line {
  readonly text: string;
  readonly answer: string;
  /** Of how many messages the answer consists; default 1. */
  readonly messages?: number;
}

/** What the answers of the content are about, each with a number of its own. */
const THINGS = [
  ...['piano', 'tractor', 'lighthouse', 'violin', 'submarine', 'cactus', 'telescope', 'hammock', 'anvil', 'carousel'],
  ...['glacier', 'windmill', 'saxophone', 'igloo', 'trampoline', 'volcano', 'compass', 'gondola', 'harpoon', 'kayak'],
] as const;

const answerAbout = (at: number): string => `exactly ${1_037 + 113 * at} kg`;

const WALKS: readonly (readonly Line[])[] = [
  [
    { text: 'which bike should I buy', answer: 'Where do you ride?' },
    { text: 'On roads', answer: 'Is it more than 20 km a day?' },
    { text: 'Yes, more than 20 km', answer: 'Do you want a motor?' },
    { text: 'Without a motor', answer: 'Take a touring bike' },
  ],
  [
    { text: 'help me choose a bicycle', answer: 'Where do you ride?' },
    { text: 'On forest trails', answer: 'Do you jump?' },
    { text: 'No, never', answer: 'Do you want a motor?' },
    { text: 'With a motor', answer: 'Take an electric bike' },
  ],
  [
    { text: 'what kind of bike do I need', answer: 'Where do you ride?' },
    { text: 'On roads and on trails', answer: 'Take a gravel bike' },
  ],
];

/** How many lines a talk has. */
export const TALK_LENGTH = THINGS.length + WALKS.flat().length;

/**
 * Everything that one conversation says, each text once: three walks through a guide, step by step, with questions before, between and after
 * them, and one in the middle of a walk. Talks with other numbers ask the questions in another order.
 */
export function talkScript(talk: number): readonly Line[] {
  const questions = THINGS.map((_, index) => {
    const at = (index * 7 + talk * 3) % THINGS.length;
    return { text: `How heavy is a ${THINGS[at]}?`, answer: answerAbout(at) };
  });
  const [first, second, third] = WALKS as readonly [readonly Line[], readonly Line[], readonly Line[]];
  return [
    ...questions.slice(0, 3),
    ...first.slice(0, 2),
    // The guide's question is repeated after the answer.
    { ...questions[3]!, messages: 2 },
    ...first.slice(2),
    ...questions.slice(4, 9),
    ...second,
    ...questions.slice(9, 14),
    ...third,
    ...questions.slice(14),
  ];
}

/** The content that talks are about, in a new folder. */
export function talkContent(): TempContent {
  const entries = THINGS.map((thing, at) => [
    `knowledge/faq/bikes/how-heavy-is-a-${thing}.md`,
    entryFile(
      `How heavy is a ${thing}?`,
      [`weight of a ${thing}`, `${thing} kilograms`, `what a ${thing} weighs`],
      `It is ${answerAbout(at)}.`,
    ),
  ]);
  return tempContent({
    ...SMALL_VOCABULARY,
    ...Object.fromEntries(entries),
    ...BICYCLE_FILES,
  });
}
