import fc from 'fast-check';
import { loadPageModule } from '../../../support/page-module';

const { accentColours, contrast } = loadPageModule<{
  accentColours(accent: string, surface: string, text: string): Record<string, string>;
  contrast(one: string, other: string): number;
}>('accent.mjs');

const THEMES = [
  { surface: '#ffffff', text: '#17212b' },
  { surface: '#161e27', text: '#e7edf3' },
];

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#0b5cad', '#0b5cad')).toBe(1);
});

test('a colour that can be read is left as it is', () => {
  expect(accentColours('#0b5cad', '#ffffff', '#17212b')).toEqual({
    '--fill': '#0b5cad',
    '--on-fill': '#ffffff',
    '--accent': '#0b5cad',
    '--accent-soft': '#e7eff7',
  });
});

test('whatever the colour, all words can be read', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, fc.constantFrom(...THEMES), (accent, { surface, text }) => {
      const colours = accentColours(accent, surface, text);
      expect(contrast(colours['--on-fill']!, colours['--fill']!)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colours['--accent']!, surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colours['--accent']!, colours['--accent-soft']!)).toBeGreaterThanOrEqual(4);
      expect(contrast(text, colours['--accent-soft']!)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});
