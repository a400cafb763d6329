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

/** A headless Chromium, with more arguments for its command line. The caller closes it. */
export async function launchBrowser(executablePath: string, args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...ARGS, ...args] });
}

/** For a new page: its first document, and each of its frames, find no storage of earlier pages, and those after a reload find their own. */
export const FRESH_STORAGE = `try {
  if (sessionStorage.getItem('fresh') === null) localStorage.clear();
  sessionStorage.setItem('fresh', 'no more');
} catch {
  // The browser's own pages about errors have no storage.
}`;

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
