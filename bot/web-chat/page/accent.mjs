/* One colour of the site's own, made readable wherever the chat uses it. Colours are written as #rrggbb. */

/** WCAG asks for 4.5; the rest is for backgrounds that are a little darker than the surface. */
const MIN_CONTRAST = 5.2;

/** The names in the style sheet of the colours that follow from it. */
export const ACCENT_NAMES = ['--fill', '--on-fill', '--accent', '--accent-soft'];

/** The colours of the chat that follow from an accent colour on a surface, by their names. */
export function accentColours(accent, surface, text) {
  return {
    '--fill': accent,
    '--on-fill': contrast(accent, '#ffffff') >= contrast(accent, '#000000') ? '#ffffff' : '#000000',
    '--accent': readable(accent, surface, text),
    '--accent-soft': mix(surface, accent, 0.1),
  };
}

/** The colour, mixed with that of the text as far as it must be to be read on the surface. */
function readable(colour, surface, text) {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, text, share);
    if (contrast(mixed, surface) >= MIN_CONTRAST) return mixed;
  }
  return text;
}

/** Contrast of two colours after WCAG 2.2, from 1 to 21. */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [r, g, b] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mix(one, other, share) {
  const others = channels(other);
  const mixed = channels(one).map((value, index) => Math.round(value + (others[index] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour) {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
