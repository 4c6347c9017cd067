/** MD5 (RFC 1321), SHA-1 and SHA-512 (FIPS 180-4), for the checksum programs. SHA-256 is lib/content's. */
const hexOf = (bytes: Iterable<number>) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The message, a one bit, zeros, and its length in bits, in whole blocks. */
function padded(bytes: Uint8Array, block: 64 | 128, littleEndian: boolean): DataView {
  const tail = block / 8;
  const size = Math.ceil((bytes.length + 1 + tail) / block) * block;
  const whole = new Uint8Array(size);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(size - 8, bits, littleEndian);
  return view;
}

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const md5Sines = Int32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32));

export function md5(bytes: Uint8Array): string {
  const view = padded(bytes, 64, true);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const word = [step, 5 * step + 1, 3 * step + 5, 7 * step][round]! % 16;
      const sum = (a + mixed + md5Sines[step]! + view.getInt32(block + word * 4, true)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotate(sum, md5Shifts[round * 4 + (step % 4)]!)) | 0];
    }
    state.set([state[0]! + a, state[1]! + b, state[2]! + c, state[3]! + d]);
  }
  return hexOf(new Uint8Array(state.buffer));
}

export function sha1(bytes: Uint8Array): string {
  const view = padded(bytes, 64, false);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 80; at++)
      words[at] =
        at < 16
          ? view.getInt32(block + at * 4)
          : rotate(words[at - 3]! ^ words[at - 8]! ^ words[at - 14]! ^ words[at - 16]!, 1);
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    for (let at = 0; at < 80; at++) {
      const round = Math.floor(at / 20);
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const sum =
        (rotate(a, 5) + mixed + e + [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round]! + words[at]!) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, sum];
    }
    state.set([state[0]! + a, state[1]! + b, state[2]! + c, state[3]! + d, state[4]! + e]);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const mask = (1n << 64n) - 1n;
const turn = (value: bigint, by: bigint) => ((value >> by) | (value << (64n - by))) & mask;

/** The first `count` primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

/** The first 64 bits of the fraction of a root: the integer root of n shifted left by `degree` times 64 bits. */
function rootFraction(value: number, degree: 2n | 3n): bigint {
  const target = BigInt(value) << (64n * degree);
  let [low, high] = [0n, 1n << 70n];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle - 1n;
  }
  return low & mask;
}

let constants: { readonly start: readonly bigint[]; readonly rounds: readonly bigint[] } | undefined;

export function sha512(bytes: Uint8Array): string {
  constants ??= {
    start: primes(8).map((prime) => rootFraction(prime, 2n)),
    rounds: primes(80).map((prime) => rootFraction(prime, 3n)),
  };
  const view = padded(bytes, 128, false);
  const state = [...constants.start];
  const words = new Array<bigint>(80);
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let at = 0; at < 16; at++) words[at] = view.getBigUint64(block + at * 8);
    for (let at = 16; at < 80; at++) {
      const [x, y] = [words[at - 15]!, words[at - 2]!];
      words[at] =
        (words[at - 16]! +
          (turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n)) +
          words[at - 7]! +
          (turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n))) &
        mask;
    }
    compress(state, words, constants.rounds);
  }
  return state.map((word) => word.toString(16).padStart(16, '0')).join('');
}

function compress(state: bigint[], words: readonly bigint[], rounds: readonly bigint[]): void {
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let at = 0; at < 80; at++) {
    const first =
      h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (~e & mask & g)) + rounds[at]! + words[at]!;
    const second = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & mask, c, b, a, (first + second) & mask];
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at]! + value) & mask;
}
