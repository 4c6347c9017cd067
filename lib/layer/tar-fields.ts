import { Failure } from '../errors';

const decoder = new TextDecoder();

/** Text up to the first zero byte. */
export function textField(block: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let at = start; at < start + length; at++) {
    const byte = block[at]!;
    if (byte === 0) return text;
    if (byte >= 0x80) return decodeField(block, start, length);
    text += String.fromCharCode(byte);
  }
  return text;
}

function decodeField(block: Uint8Array, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}

/** The sum of a header block's bytes, those of the checksum itself taken as spaces. */
export function checksum(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < 148; at++) sum += block[at]!;
  for (let at = 156; at < 512; at++) sum += block[at]!;
  return sum;
}

/** Octal digits between spaces and zeros, or GNU's base-256 when the top bit of the first byte is set. */
export function numberField(block: Uint8Array, start: number, length: number): number {
  if (block[start]! & 0x80) return base256(block, start, length);
  let value = 0;
  for (let at = start; at < start + length; at++) {
    const byte = block[at]!;
    if (byte >= 0x30 && byte <= 0x37) value = value * 8 + byte - 0x30;
    else if (byte !== 0x20 && byte !== 0) throw new Failure('corrupt', 'a number in a tar header is not octal');
    else if (value > 0) break;
  }
  return value;
}

/** Two's complement, big end first, the top bit of the first byte being the mark. */
function base256(block: Uint8Array, start: number, length: number): number {
  const negative = (block[start]! & 0x40) !== 0;
  let value = negative ? (block[start]! | 0x80) - 256 : block[start]! & 0x7f;
  for (let at = start + 1; at < start + length; at++) value = value * 256 + block[at]!;
  if (!Number.isSafeInteger(value)) throw new Failure('corrupt', 'a number in a tar header is too large');
  return value;
}

/** PAX records as key and raw value. */
export function* paxRecords(body: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const size = space < 0 ? Number.NaN : Number(decoder.decode(body.subarray(at, space)));
    const equals = body.indexOf(0x3d, space);
    const end = at + size;
    const whole =
      Number.isSafeInteger(size) && end <= body.length && equals > space && equals < end && body[end - 1] === 0x0a;
    if (!whole) throw new Failure('corrupt', 'a PAX record in a tar header is malformed');
    yield [decoder.decode(body.subarray(space + 1, equals)), body.subarray(equals + 1, end - 1)];
    at = end;
  }
}

/** `1700000000.25` → nanoseconds. */
export function paxTime(text: string): bigint {
  const match = /^(-?)(\d{1,18})(?:\.(\d*))?$/.exec(text);
  if (!match) throw new Failure('corrupt', `a PAX time in a tar header is not a number: ${text.slice(0, 40)}`);
  const nanos = BigInt(match[2]!) * 1_000_000_000n + BigInt((match[3] ?? '').slice(0, 9).padEnd(9, '0'));
  return match[1] ? -nanos : nanos;
}
