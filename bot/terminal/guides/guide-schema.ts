import path from 'node:path';
import { FIELD_DESCRIPTIONS } from '../../../dialogs/field-descriptions';
import { GuideFile } from '../../../dialogs/guide-file';
import { PROJECT_ROOT } from '../../config';

/** What editors read through the first line of each guide. */
export const SCHEMA_FILE = path.join(PROJECT_ROOT, 'dialogs', 'guide.schema.json');

interface Schema {
  description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/**
 * The format of a guide's file as JSON Schema (draft 7), with a description for each field. It is what an author may write, before
 * anything is trimmed or converted; whether a guide makes sense as a whole only `check:content` tells.
 */
export async function guideSchema(): Promise<string> {
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const schema = toJsonSchema(GuideFile, {
    typeMode: 'input',
    ignoreActions: ['trim', 'raw_check'],
    // `strictFields` refuses unknown fields by a check of its own, which no converter can read.
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === 'loose_object' ? { ...jsonSchema, additionalProperties: false } : undefined,
  });
  describeAll(schema as Schema);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function describeAll(guide: Schema): void {
  const { questions, decisions, outcomes } = guide.properties!;
  const question = entryOf(questions);
  const choice = entryOf(question.properties!.choices);
  const decision = entryOf(decisions);
  const row = decision.properties!.rows!.items!;
  const written = FIELD_DESCRIPTIONS;
  describeFields(guide, written.guide);
  describeFields(question, written.question);
  describeFields(choice, written.choice);
  describeFields(choice.properties!.numbers!, written.numbers);
  describeFields(question.properties!.unknown!, written.unknown);
  describeFields(decision, written.decision);
  describeFields(row, written.row);
  describeFields(fieldsAmong(entryOf(row.properties!.when)), written.condition);
  describeFields(fieldsAmong(entryOf(decision.properties!.results)), written.result);
  describeFields(entryOf(outcomes), written.outcome);
}

/** Describes each field, and what stands in a list of `rulesOut`, which is the same everywhere. */
function describeFields({ properties }: Schema, descriptions: Readonly<Record<string, string>>): void {
  for (const [name, schema] of Object.entries(properties!)) {
    schema.description = descriptions[name]!;
    if (name === 'rulesOut') describeFields(schema.items!, FIELD_DESCRIPTIONS.ruledOut);
  }
}

function entryOf(schema: Schema | undefined): Schema {
  return schema!.additionalProperties as Schema;
}

function fieldsAmong({ anyOf }: Schema): Schema {
  return anyOf!.find(({ properties }) => properties !== undefined)!;
}
