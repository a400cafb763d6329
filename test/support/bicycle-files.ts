import { entryFile } from './temp-content';
import { TINY_GUIDE_FILE, TINY_GUIDE_YAML } from './tiny-guide';

/** Where the entry about tyres lies. */
export const TYRE_FILE = 'knowledge/faq/bikes/how-long-does-a-tyre-last.md';
/** Where the entry about batteries lies. */
export const BATTERY_FILE = 'knowledge/faq/bikes/how-far-does-a-battery-go.md';

/** The entry about tyres, with another answer where one is given. */
export function tyreEntry(body = 'About 5000 km.'): string {
  return entryFile('How long does a tyre last?', ['tyre life', 'wear of a tyre', 'km of a tyre'], body);
}

/** The tiny guide and the two entries that it links to, as files for a folder of content. */
export const BICYCLE_FILES: Readonly<Record<string, string>> = {
  [TYRE_FILE]: tyreEntry(),
  [BATTERY_FILE]: entryFile('How far does a battery go?', ['range', 'range with motor', 'km a charge'], '80 km.'),
  [TINY_GUIDE_FILE]: TINY_GUIDE_YAML,
};
