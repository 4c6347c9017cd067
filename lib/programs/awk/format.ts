/** printf's conversions, as C has them. */

interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** What a format asks for, one by one. */
export interface Arguments {
  readonly number: () => number;
  readonly text: () => string;
  /** For `%c`. */
  readonly character: () => string;
  /** A `*`. */
  readonly star: () => number;
}

const conversion = /%([-+ #0]*)(\d+|\*)?(?:\.(\d+|\*)?)?[hlLqjzt]*([diouxXeEfFgGcs%])/g;
const widest = 1_000_000;

/** Infinities and what is no number as a C library writes them; mawk shows the first's sign. */
export function unusual(value: number, gnu: boolean): string {
  if (Number.isNaN(value)) return '-nan';
  return value < 0 ? '-inf' : gnu ? '+inf' : 'inf';
}

export function format(template: string, args: Arguments, gnu: boolean): string {
  return template.replace(conversion, (whole, flags: string, width = '', precision, letter: string) => {
    if (letter === '%') return '%';
    let wide = width === '*' ? args.star() : Number(width);
    const left = wide < 0;
    wide = Math.min(Math.abs(wide), widest);
    const exact =
      precision === undefined
        ? whole.includes('.')
          ? 0
          : undefined
        : precision === '*'
          ? args.star()
          : Number(precision);
    return convert({ flags: left ? `${flags}-` : flags, width: wide, precision: exact, letter }, args, gnu);
  });
}

function convert(how: Conversion, args: Arguments, gnu: boolean): string {
  const { letter, precision } = how;
  if (letter === 'c') return padded(args.character(), how, false);
  if (letter === 's') return padded(args.text().slice(0, precision), how, false);
  const value = args.number();
  if (!Number.isFinite(value)) return padded(unusual(value, gnu), how, false);
  if (gnu && /[dioux]/i.test(letter) && Math.abs(value) >= 2 ** 64) return padded(general(value, 6), how, false);
  if ('di'.includes(letter)) return signedText(integer(value, gnu), how);
  if ('ouxX'.includes(letter)) return padded(unsignedText(integer(value, gnu), how, gnu), how, precision === undefined);
  return signedText(value, how);
}

/** busybox's whole numbers here are C's `int`: what does not fit becomes the least of them. */
function integer(value: number, gnu: boolean): bigint {
  const whole = BigInt(Math.trunc(value));
  return gnu || BigInt.asIntN(32, whole) === whole ? whole : -(2n ** 31n);
}

function signedText(value: number | bigint, how: Conversion): string {
  const negative = value < 0 || Object.is(value, -0);
  const size = typeof value === 'bigint' ? (negative ? -value : value) : Math.abs(value);
  const digits = typeof size === 'bigint' ? size.toString().padStart(how.precision ?? 0, '0') : realText(size, how);
  const sign = negative ? '-' : how.flags.includes('+') ? '+' : how.flags.includes(' ') ? ' ' : '';
  const zeros = typeof value !== 'bigint' || how.precision === undefined;
  return padded(sign + digits, how, zeros);
}

function unsignedText(value: bigint, { letter, flags, precision }: Conversion, gnu: boolean): string {
  const size = BigInt.asUintN(gnu ? 64 : 32, value);
  const digits = size.toString(letter === 'u' ? 10 : letter === 'o' ? 8 : 16).padStart(precision ?? 0, '0');
  const prefix = flags.includes('#') && size !== 0n ? ({ o: '0', x: '0x', X: '0x' }[letter] ?? '') : '';
  return letter === 'X' ? (prefix + digits).toUpperCase() : prefix + digits;
}

function realText(size: number, { letter, flags, precision = 6 }: Conversion): string {
  const places = Math.min(precision, 100);
  const lower = letter.toLowerCase();
  const text =
    lower === 'f' ? fixed(size, places) : lower === 'e' ? scientific(size, places) : general(size, places, flags);
  return letter === lower ? text : text.toUpperCase();
}

function fixed(size: number, places: number): string {
  if (size < 1e21) return size.toFixed(places);
  return BigInt(size).toString() + (places > 0 ? `.${'0'.repeat(places)}` : '');
}

function scientific(size: number, places: number): string {
  return size.toExponential(places).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** `%g`: the shorter of the two, without zeros at its end. */
function general(size: number, places: number, flags = ''): string {
  const significant = Math.max(places, 1);
  const exponent = Number(size.toExponential(significant - 1).split('e')[1]);
  const small = exponent < -4 || exponent >= significant;
  const text = small ? scientific(size, significant - 1) : fixed(size, Math.min(significant - 1 - exponent, 100));
  return flags.includes('#') ? text : text.replace(/\.0+(?=e|$)|(\.\d*?)0+(?=e|$)/, '$1');
}

function padded(text: string, { flags, width }: Conversion, zeros: boolean): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!zeros || !flags.includes('0')) return text.padStart(width);
  const [, sign = '', digits = ''] = /^([-+ ]?(?:0[xX])?)([\s\S]*)$/.exec(text) ?? [];
  return sign + digits.padStart(width - sign.length, '0');
}
