import { findChromium } from './chromium';

/**
 * `describe` where a browser is there. Elsewhere the suite is skipped with a line that says so; in continuous integration
 * (`CI` is set) a missing browser is a failure.
 */
export function describeWithBrowser(name: string, suite: (executablePath: string) => void): void {
  const executablePath = findChromium();
  if (executablePath !== undefined) {
    describe(name, () => suite(executablePath));
  } else if (process.env.CI) {
    test(`${name}: Chromium is there`, () => {
      throw new Error('No Chromium found: install it, or set CHROMIUM to its path.');
    });
  } else {
    process.stderr.write(`Skipped "${name}": no Chromium found (install it, or set CHROMIUM to its path).\n`);
    describe.skip(name, () => {
      test('needs Chromium', () => undefined);
    });
  }
}
