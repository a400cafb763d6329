import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml, strictFields } from '../bot/foundation/yaml-source';

/** A topic near ours that the FAQ does not answer: a question about it must not get the answer of another. */
export interface UncoveredTopic {
  /** As it stands in "My FAQ does not cover …". */
  readonly topic: string;
  readonly utterances: readonly string[];
}

const Text = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'one line of text is needed; put it in quotes'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('is empty'),
);
const TopicFile = v.array(
  strictFields({
    topic: Text,
    utterances: v.pipe(v.array(Text, 'a list of questions is needed'), v.minLength(3, 'at least 3 are needed')),
  }),
  'a list of topics is needed',
);

/** Reads uncovered-topics.yaml; a topic that stands in it twice is a fault. Never throws. */
export function parseUncoveredTopics(
  text: string,
  file: string,
): { readonly topics: readonly UncoveredTopic[]; readonly faults: readonly ContentFault[] } {
  const result = readYaml(text, file, TopicFile);
  if (!result.ok) return { topics: [], faults: result.faults };
  const { value, lineOf } = result.source;
  const faults: ContentFault[] = [];
  const firsts = new Map<string, number>();
  value.forEach(({ topic }, index) => {
    const first = firsts.get(topic.toLowerCase());
    if (first === undefined) firsts.set(topic.toLowerCase(), index);
    else faults.push({ file, line: lineOf([index]), message: `"${topic}" also stands on line ${lineOf([first])}` });
  });
  return { topics: value, faults };
}
