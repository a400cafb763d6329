import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { CORE_SCHEMA, load } from 'js-yaml';
import { PROJECT_ROOT } from '../../../../bot/config';
import { guideSchema, SCHEMA_FILE } from '../../../../bot/terminal/guides/guide-schema';
import { DECIDING_GUIDE_YAML } from '../../../support/deciding-guide';
import { TINY_GUIDE_YAML } from '../../../support/tiny-guide';

const GUIDES = path.join(PROJECT_ROOT, 'dialogs/guides');
const guideFiles = readdirSync(GUIDES).filter((name) => name.endsWith('.yaml'));

let text: string;
let validate: ValidateFunction;

beforeAll(async () => {
  text = await guideSchema();
  validate = new Ajv({ allErrors: true, formats: { date: /^\d{4}-\d\d-\d\d$/ } }).compile(JSON.parse(text));
});

/** What is wrong with a guide, each with its place. */
function faultsOf(yaml: string): string[] {
  validate(load(yaml, { schema: CORE_SCHEMA }));
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

test('the file in the repository is what the command writes: run npm run -s guides -- schema', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(text);
});

test.each(guideFiles)('%s is as the schema says', (name) => {
  expect(faultsOf(readFileSync(path.join(GUIDES, name), 'utf8'))).toEqual([]);
});

test('so are guides with every kind of question and decision', () => {
  expect(faultsOf(TINY_GUIDE_YAML)).toEqual([]);
  expect(faultsOf(DECIDING_GUIDE_YAML)).toEqual([]);
});

test.each([
  ['at the top', 'start: place', 'start: place\nautor: me', ''],
  ['of a question', '    why: Some', '    hint: x\n    why: Some', '/questions/place'],
  ['of a choice', '{label: Weight,', '{label: Weight, nexts: x,', '/questions/needs/choices/light'],
  ['of a decision', '    check: overlap', '    check: overlap\n    off: x', '/decisions/apart'],
  ['of a row', '        next: ours', '        nxt: x\n        next: ours', '/decisions/kind/rows/1'],
  ['of an outcome', '{verdict: You', '{vedict: x, verdict: You', '/outcomes/no-lock'],
])('an unknown field %s is refused', (_where, good, bad, at) => {
  const changed = DECIDING_GUIDE_YAML.replace(good, bad);
  expect(changed).not.toBe(DECIDING_GUIDE_YAML);
  expect(faultsOf(changed)).toEqual([`${at} additionalProperties`]);
});

test.each([
  ['a field that is missing', '    why: Locks differ.\n', '', '/questions/needs required'],
  ['an id in capitals', 'no-lock: {verdict', 'NoLock: {verdict', '/outcomes propertyNames'],
  ['a date in words', 'asOf: 2019-05-14', 'asOf: May 2019', '/asOf format'],
  ['a check there is none of', 'check: overlap', 'check: overlaps', '/decisions/apart/check enum'],
])('%s is refused', (_what, good, bad, fault) => {
  expect(faultsOf(DECIDING_GUIDE_YAML.replace(good, bad))).toContain(fault);
});

test('every field has a description', () => {
  const without: string[] = [];
  const visit = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key !== 'properties') {
        visit(value, `${at}/${key}`);
        continue;
      }
      for (const [name, field] of Object.entries(value as Record<string, { description?: string }>)) {
        if (!field.description) without.push(`${at}/${name}`);
        visit(field, `${at}/${name}`);
      }
    }
  };
  visit(JSON.parse(text), '');
  expect(without).toEqual([]);
});
