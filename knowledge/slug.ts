/**
 * The anchor GitHub gives a heading: lower case, spaces as `-`, every other sign dropped but letters, digits, `-` and `_`.
 * `slugOf('Can I use SSTP and/or IKEv2?')` is `can-i-use-sstp-andor-ikev2`.
 */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
