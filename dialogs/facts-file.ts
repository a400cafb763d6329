import * as v from 'valibot';
import { strictFields } from '../bot/foundation/yaml-source';

const Line = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'one line of text is needed'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('is empty'),
);
const Id = v.pipe(
  v.string('an id is needed'),
  v.regex(/^[a-z][a-z0-9-]*$/, 'an id starts with a letter and has lower case letters, digits and `-` only'),
);
const PhraseList = v.array(Line, 'a list of phrases is needed');
const PhraseText = v.pipe(
  v.string(),
  v.transform((text) => text.split(/[,\n]/).flatMap((phrase) => phrase.trim() || [])),
);
/** A list, or a text with a comma or a line end between phrases, which needs no quotes for `{n}` and is read several times as fast. */
const Phrases = v.lazy((input) => (typeof input === 'string' ? PhraseText : PhraseList));
const CommonShape = { about: Line, except: v.optional(Phrases, []), 'not-after': v.optional(Phrases, []) };
const PickedShape = strictFields({
  ...CommonShape,
  values: v.pipe(
    v.record(Id, Phrases, 'values with their phrases are needed'),
    v.check((values) => Object.keys(values).length >= 2, 'at least two values are needed'),
  ),
  several: v.optional(v.boolean('`several` is true or false'), false),
  together: v.optional(Line),
  includes: v.optional(v.record(Id, v.array(Id, 'a list of values is needed')), {}),
});
const ValuedShape = strictFields({
  ...CommonShape,
  type: v.picklist(
    ['number', 'range', 'ranges', 'address', 'asn'],
    'must be one of number, range, ranges, address, asn',
  ),
  unit: v.optional(Line),
  said: v.pipe(Phrases, v.minLength(1, 'at least one phrase is needed')),
});
const Parts = v.record(
  Id,
  v.pipe(
    Phrases,
    v.minLength(1, 'at least one phrase is needed'),
    v.check((texts) => !texts.some((text) => /[()|<>]/.test(text)), 'a part has phrases without parentheses and parts'),
  ),
  'parts with their phrases are needed',
);
const Valued = v.pipe(
  ValuedShape,
  v.transform((valued) => ({ valued, picked: undefined })),
);
const Picked = v.pipe(
  PickedShape,
  v.transform((picked) => ({ valued: undefined, picked })),
);
const Fact = v.lazy((input) => (isValued(input) ? Valued : Picked));
/** The file of shared facts as it is written: its parts, and each fact as `valued` (typed) or `picked` (with value ids). */
export const FactsFile = v.pipe(
  v.objectWithRest({ parts: v.optional(Parts, {}) }, Fact, 'facts are needed'),
  v.check((file) => Object.keys(file).every((id) => v.is(Id, id)), 'the name of a fact is an id'),
  v.transform(({ parts, ...facts }) => ({ parts, facts })),
);
/** A fact with value ids, as it is written. */
export type PickedText = v.InferOutput<typeof PickedShape>;

function isValued(input: unknown): boolean {
  return typeof input === 'object' && input !== null && ('type' in input || 'said' in input);
}
