import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What axe-core finds serious or critical in a document, frames within it left out: one line a fault, with where it is. */
export async function seriousFaults(document: Page | Frame): Promise<readonly string[]> {
  if (!(await document.evaluate('"axe" in window'))) await document.evaluate(axe.source);
  const { violations } = (await document.evaluate(
    `axe.run({ iframes: false, resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  )) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
