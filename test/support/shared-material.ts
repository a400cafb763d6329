import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder beside the project with the published documents and the list of their questions; not part of a clone. */
export const SHARED_DIR = path.join(__dirname, '../../../shared');

/**
 * `describe` where the shared folder is there. Elsewhere the suite is skipped with a line that says so; in continuous integration
 * (`CI` is set) a missing folder is a failure.
 */
export function describeWithShared(name: string, suite: () => void): void {
  if (existsSync(path.join(SHARED_DIR, 'seed')) && existsSync(path.join(SHARED_DIR, 'questions'))) {
    describe(name, suite);
  } else if (process.env.CI) {
    test(`${name}: the shared folder is there`, () => {
      throw new Error('The folder ../shared is missing; nothing may be skipped here.');
    });
  } else {
    process.stderr.write(`Skipped "${name}": the folder ../shared is not there.\n`);
    describe.skip(name, () => {
      test('needs ../shared', () => undefined);
    });
  }
}
