const letters = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;

/** The two letters of each twelve bits, as they lie in memory. */
const pairs = pairsOf(letters);

function pairsOf(alphabet: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(2 * 4096);
  for (let bits = 0; bits < 4096; bits++) {
    bytes[2 * bits] = alphabet[bits >> 6]!;
    bytes[2 * bits + 1] = alphabet[bits & 63]!;
  }
  return new Uint16Array(bytes.buffer);
}

/** Base64 of bytes: twelve bits at a time, because every byte that a program writes goes this way. */
export function toBase64(bytes: Uint8Array): string {
  const out = new Uint16Array(2 * Math.ceil(bytes.length / 3));
  const whole = bytes.length - (bytes.length % 3);
  let to = 0;
  for (let at = 0; at < whole; at += 3) {
    const bits = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    out[to++] = pairs[bits >> 12]!;
    out[to++] = pairs[bits & 4095]!;
  }
  const text = new Uint8Array(out.buffer);
  if (whole < bytes.length) {
    const bits = (bytes[whole]! << 16) | ((bytes[whole + 1] ?? 0) << 8);
    out[to++] = pairs[bits >> 12]!;
    out[to] = pairs[bits & 4095]!;
    text.fill(padding, text.length - (3 - (bytes.length % 3)));
  }
  return new TextDecoder().decode(text);
}

export function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
