import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// Without them Chromium calls its maker's servers by itself, which a test must not do.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is on this machine: `CHROMIUM` and nowhere else if it is set, else its usual places; `undefined` for nowhere. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  return (CHROMIUM ? [CHROMIUM] : USUAL_PLACES).find(isExecutable);
}

/** A headless Chromium. The caller closes it. */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGS });
}

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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
