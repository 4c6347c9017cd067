/** The backslash escapes of echo and printf. */
const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const encoder = new TextEncoder();

/** `\n \0101 \x41`, and `\c` which stops. `zero`: octal numbers begin with 0 (echo and %b). */
export function decoded(
  text: string,
  zero: boolean,
  hexadecimal = true,
): { readonly bytes: Uint8Array; readonly stopped: boolean } {
  const bytes: number[] = [];
  const pattern = zero
    ? /\\(?:0([0-7]{0,3})|([1-7][0-7]{0,2})|x([0-9a-fA-F]{1,2})|([abefnrtv\\])|(c))/g
    : /\\(?:([0-7]{1,3})()|x([0-9a-fA-F]{1,2})|([abefnrtv\\])|(c))/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    bytes.push(...encoder.encode(text.slice(from, match.index)));
    from = match.index + match[0].length;
    const [whole, octal, other, hex, letter, stop] = match;
    if (stop) return { bytes: Uint8Array.from(bytes), stopped: true };
    if (octal !== undefined || other) bytes.push(Number.parseInt(octal || other || '0', 8) & 0xff);
    else if (hex && !hexadecimal) bytes.push(...encoder.encode(whole));
    else if (hex) bytes.push(Number.parseInt(hex, 16));
    else bytes.push(escapes[letter!]!);
  }
  bytes.push(...encoder.encode(text.slice(from)));
  return { bytes: Uint8Array.from(bytes), stopped: false };
}
