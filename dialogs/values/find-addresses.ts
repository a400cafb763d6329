import ipaddr from 'ipaddr.js';
import { normaliseText } from '../../bot/foundation/normalise-text';

/** Something in a text that is, or seems meant as, an address or a range. */
export type FoundAddress =
  | { readonly kind: 'address'; readonly value: string }
  | { readonly kind: 'range'; readonly value: string }
  /** A range of which the address is not the first: 10.0.0.5/24 lies in 10.0.0.0/24. */
  | { readonly kind: 'host-bits'; readonly found: string; readonly range: string }
  /** The size of a range without its address: "/24", "255.255.255.0". */
  | { readonly kind: 'size'; readonly found: string }
  | { readonly kind: 'not-an-address' | 'not-a-range' | 'ipv6'; readonly found: string };

/** Longest piece of the text that is quoted, in characters. */
const MAX_FOUND = 50;

const WORD_END = String.raw`(?![\p{L}\p{N}])`;
const SPACE = String.raw`[\s,;:()=]`;
const TOKEN = [
  String.raw`(?<six>(?<![\p{L}\p{N}.])[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){2,}(?:%[\p{L}\p{N}]{1,20})?(?:/\d{1,3})?)`,
  String.raw`(?<![\p{L}\p{N}./\\])(?<size>[/\\]\s{0,2}\d{1,3})(?!\.?[\p{L}\p{N}/])`,
  String.raw`(?<word>[\p{L}\p{N}]+(?:\.{1,2}[\p{L}\p{N}*]+)*)`,
].join('|');
/** Three parts or more that begin as an address does. */
const DOTTED = /^\d+\.\d*\./;
const FILLERS = `(?:(?:with|and|an?|the|it|it's|is|has|subnet|network|address)${SPACE}{1,3}){0,5}`;
const SIZE_WORD = String.raw`(?:(?:net ?)?mask|prefix(?: length)?|slash)(?: of| is)?[\s:=]{1,3}[/\\]?`;
/** What may follow an address to make it a range: "/24", " / 24", " is a /24", "/255.255.255.0", " mask 255.255.255.0". */
const SIZE_AFTER = `${SPACE}{0,3}${FILLERS}(?:${[
  String.raw`[/\\]\s{0,3}(?<slashed>\d+(?:[./]\d+)*)${WORD_END}`,
  String.raw`${SIZE_WORD}(?<named>\d+(?:\.\d+)*)${WORD_END}`,
  String.raw`(?<mask>(?:255(?:\.\d+){3}|0\.0\.0\.0))(?!\.?[\p{L}\p{N}/])`,
].join('|')})`;

/**
 * Everything in a text that looks like an IPv4 address or range, in the order of the text, and IPv6 ones, which are only named.
 * An address is four decimal numbers without leading zeros. Masks count as prefix lengths: "10.0.0.0 255.255.255.0". Values
 * are in normal form; ports ("10.0.0.4:3389") and paths ("10.0.0.4/start") are left out.
 */
export function findAddresses(text: string): readonly FoundAddress[] {
  const plain = normaliseText(text);
  const tokens = new RegExp(TOKEN, 'gu');
  const sizes = new RegExp(SIZE_AFTER, 'uy');
  const all: FoundAddress[] = [];
  for (let token = tokens.exec(plain); token !== null; token = tokens.exec(plain)) {
    const { six, size, word } = token.groups!;
    if (six !== undefined) {
      const address = [six, six.replace(/(?<![.:])[.:]+$/, '')].find(isIpv6);
      if (address !== undefined) all.push({ kind: 'ipv6', found: quoted(address) });
      else {
        // "a:b:10.0.0.4" is none, but there is an address in it.
        const dotted = six.search(/(?<!\d)\d+\./);
        if (dotted > 0) tokens.lastIndex = token.index + dotted;
      }
    } else if (size !== undefined) {
      all.push({ kind: 'size', found: size.replace(/[\\\s]+/, '/').replace('//', '/') });
    } else if (word !== undefined && DOTTED.test(word)) {
      sizes.lastIndex = tokens.lastIndex;
      const after = sizeIn(word, sizes.exec(plain));
      if (after !== undefined) tokens.lastIndex = sizes.lastIndex;
      all.push(foundAddress(word, after));
    }
  }
  return all;
}

/** The size that follows an address, as typed; `undefined` if what follows is another address. */
function sizeIn(address: string, match: RegExpExecArray | null): string | undefined {
  const { slashed, named, mask } = match?.groups ?? {};
  if (mask === '0.0.0.0' && address !== mask) return undefined;
  if (slashed !== undefined && isAnotherAddress(slashed, address)) return undefined;
  return slashed ?? named ?? mask;
}

/** Whether what follows a slash is no mask but an address: "10.0.0.4/10.0.0.5". "0.0.0.0" is a mask of itself only. */
function isAnotherAddress(text: string, before: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) || text.startsWith('255.') || text === before) return false;
  return text === '0.0.0.0' || prefixOf(text) === undefined;
}

function foundAddress(address: string, size: string | undefined): FoundAddress {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return { kind: 'not-an-address', found: quoted(address) };
  if (size === undefined) {
    return address.startsWith('255.') ? { kind: 'size', found: address } : { kind: 'address', value: address };
  }
  const prefix = prefixOf(size);
  if (prefix === undefined) return { kind: 'not-a-range', found: quoted(`${address}/${size}`) };
  const found = `${address}/${prefix}`;
  const range = `${ipaddr.IPv4.networkAddressFromCIDR(found)}/${prefix}`;
  return found === range ? { kind: 'range', value: range } : { kind: 'host-bits', found, range };
}

/** The prefix length that a number or a mask stands for. */
function prefixOf(size: string): number | undefined {
  if (/^\d{1,2}$/.test(size)) return Number(size) <= 32 ? Number(size) : undefined;
  if (!ipaddr.IPv4.isValidFourPartDecimal(size)) return undefined;
  return ipaddr.IPv4.parse(size).prefixLengthFromSubnetMask() ?? undefined;
}

function isIpv6(text: string): boolean {
  return text.length <= MAX_FOUND && /\d/.test(text) && (ipaddr.IPv6.isValid(text) || ipaddr.IPv6.isValidCIDR(text));
}

function quoted(text: string): string {
  return [...text].slice(0, MAX_FOUND).join('');
}
