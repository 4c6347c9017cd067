/** printf. */
import type { Dialect } from '../dialect';
import type { Shell } from '../shell';
import { decoded } from './escapes';
import { usageOf } from './usage';

const encoder = new TextEncoder();

class Printing {
  readonly out: number[] = [];
  status = 0;
  readonly complaints: string[] = [];
  #at = 0;

  constructor(
    readonly shell: Shell,
    readonly args: readonly string[],
  ) {}

  get used(): number {
    return this.#at;
  }

  get more(): boolean {
    return this.#at < this.args.length;
  }

  next(): string | undefined {
    return this.args[this.#at++];
  }

  say(message: string): void {
    this.complaints.push(message);
    this.status = 1;
  }

  text(text: string): void {
    this.out.push(...encoder.encode(text));
  }
}

const directive = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:[hlLqjzt]*)?([a-zA-Z%])/y;

export async function printf(shell: Shell, given: readonly string[]): Promise<number> {
  const args = given[0] === '--' ? given.slice(1) : given;
  const gnu = shell.dialect === 'gnu';
  if (args.length === 0) {
    if (gnu) await shell.tell(usageOf('printf'));
    else if (shell.dialect === 'dash') await shell.complain('usage: printf format [arg ...]', 'printf');
    else await shell.tell(`${shell.name}: usage: printf FORMAT [ARGUMENT...]\n`);
    return 2;
  }
  const variable = gnu && args[0] === '-v' ? args[1] : undefined;
  const [format = '', ...values] = variable ? args.slice(2) : args;
  const printing = new Printing(shell, values);
  let going = true;
  do {
    const before = printing.used;
    going = pass(printing, format);
    if (printing.used === before) break;
  } while (going && printing.more);
  const bytes = Uint8Array.from(printing.out);
  if (variable) shell.assign(variable, new TextDecoder().decode(bytes));
  else if (bytes.length > 0) await shell.process.stdout.write(shell.process, bytes);
  for (const message of printing.complaints)
    await (shell.dialect !== 'busybox' ? shell.complain(message, 'printf') : shell.tell(`${shell.name}: ${message}\n`));
  return printing.status;
}

function badFormat(dialect: Dialect, rest: string): string {
  const [directive = '', letter] = /^%[-+ #0]*[\d*.]*[hlLjzt]*([\s\S])?/.exec(rest) ?? [];
  if (dialect === 'dash') return letter ? `${directive.slice(0, -1)}: invalid directive` : 'missing format character';
  if (dialect !== 'gnu')
    return `${letter ? `${directive.slice(0, -1).replace(/[hlLjzt]+$/, '')}${rest.slice(directive.length - 1)}` : '%'}: invalid format`;
  return letter ? `\`${letter}': invalid format character` : `\`%': missing format character`;
}

/** The format once. False when `\c` or an error ends it all. */
function pass(printing: Printing, format: string): boolean {
  for (let at = 0; at < format.length; ) {
    if (format[at] === '%') {
      directive.lastIndex = at;
      const match = directive.exec(format);
      if (
        !match ||
        !'diouxXeEfFgGcsbq%aA'.includes(match[4]!) ||
        (match[4] === 'q' && printing.shell.dialect !== 'gnu')
      ) {
        printing.say(badFormat(printing.shell.dialect, format.slice(at)));
        if (printing.shell.dialect === 'dash') printing.status = 2;
        return false;
      }
      at += match[0].length;
      if (!convert(printing, match)) return false;
    } else if (format[at] === '\\') {
      const end = format.indexOf('%', at);
      const { bytes, stopped } = decoded(
        format.slice(at, end < 0 ? undefined : end),
        false,
        printing.shell.dialect !== 'dash',
      );
      printing.out.push(...bytes);
      if (stopped) return false;
      at = end < 0 ? format.length : end;
    } else {
      let end = at + 1;
      while (end < format.length && format[end] !== '%' && format[end] !== '\\') end++;
      printing.text(format.slice(at, end));
      at = end;
    }
  }
  return true;
}

interface Shape {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

function convert(printing: Printing, match: RegExpExecArray): boolean {
  const letter = match[4]!;
  if (letter === '%') {
    printing.text('%');
    return true;
  }
  const shape = shapeOf(printing, match);
  const argument = printing.next();
  switch (letter) {
    case 's':
      printing.text(pad([...(argument ?? '')].slice(0, shape.precision).join(''), shape));
      return true;
    case 'q':
      printing.text(
        pad(
          /^[\w@%+=:,./-]+$/.test(argument ?? '')
            ? argument!
            : (argument ?? '').replace(/[^\w@%+=:,./-]/g, '\\$&') || "''",
          shape,
        ),
      );
      return true;
    case 'b': {
      const { bytes, stopped } = decoded(argument ?? '', true, printing.shell.dialect !== 'dash');
      const missing = shape.width - bytes.length;
      if (missing > 0 && !shape.flags.includes('-')) printing.text(' '.repeat(missing));
      printing.out.push(...bytes);
      if (missing > 0 && shape.flags.includes('-')) printing.text(' '.repeat(missing));
      return !stopped;
    }
    case 'c':
      printing.text(pad([...(argument ?? '')][0] ?? '', shape));
      return true;
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
      printing.text(integer(letter, integerOf(printing, argument), shape));
      return true;
    default:
      printing.text(real(letter, realOf(printing, argument), shape));
      return true;
  }
}

function shapeOf(printing: Printing, match: RegExpExecArray): Shape {
  const star = (text: string | undefined) =>
    text === '*' ? Number(printing.next() ?? 0) : text === undefined ? undefined : Number(text);
  const width = star(match[2]) ?? 0;
  const precision = star(match[3]);
  const flags = width < 0 ? `${match[1]}-` : (match[1] ?? '');
  return {
    flags,
    width: Math.min(Math.abs(width), 100_000),
    precision: precision === undefined ? undefined : Math.min(precision, 100),
  };
}

function pad(text: string, { flags, width }: Shape): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

function badNumber(dialect: Dialect, argument: string, begins: boolean): string {
  if (dialect === 'busybox') return `invalid number '${argument}'`;
  if (dialect === 'gnu') return `${argument}: invalid number`;
  return `${argument}: ${begins ? 'not completely converted' : 'expected numeric value'}`;
}

function integerOf(printing: Printing, argument: string | undefined): bigint {
  const text = (argument ?? (printing.shell.dialect === 'busybox' ? '' : '0')).trim();
  const quote = /^['"]([\s\S]?)/u.exec(argument ?? '');
  if (quote) return BigInt(quote[1]?.codePointAt(0) ?? 0);
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  const whole = match !== null && match[0].length === text.length;
  if (!whole) {
    const { dialect } = printing.shell;
    if (text !== '' || dialect === 'busybox') printing.say(badNumber(dialect, argument ?? '', match !== null));
    if (dialect === 'busybox' || !match) return 0n;
  }
  if (!match) return 0n;
  const digits = match[2]!;
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return match[1] === '-' ? -value : value;
}

function integer(letter: string, value: bigint, shape: Shape): string {
  const unsigned = BigInt.asUintN(64, value);
  let digits: string;
  let sign = '';
  switch (letter) {
    case 'd':
    case 'i':
      digits = (value < 0n ? -value : value).toString();
      sign = value < 0n ? '-' : shape.flags.includes('+') ? '+' : shape.flags.includes(' ') ? ' ' : '';
      break;
    case 'o':
      digits = (shape.flags.includes('#') ? '0' : '') + unsigned.toString(8);
      break;
    case 'u':
      digits = unsigned.toString();
      break;
    default:
      digits = unsigned.toString(16);
      if (shape.flags.includes('#') && unsigned !== 0n) sign = '0x';
      if (letter === 'X') [digits, sign] = [digits.toUpperCase(), sign.toUpperCase()];
  }
  digits = digits.padStart(shape.precision ?? 0, '0');
  if (shape.flags.includes('0') && !shape.flags.includes('-') && shape.precision === undefined)
    digits = digits.padStart(shape.width - sign.length, '0');
  return pad(sign + digits, shape);
}

function realOf(printing: Printing, argument: string | undefined): number {
  const text = (argument ?? '0').trim();
  const value = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isNaN(value)) return value;
  if (/^[-+]?(inf|nan)/i.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : /nan/i.test(text) ? Number.NaN : Number.POSITIVE_INFINITY;
  printing.say(printing.shell.dialect === 'gnu' ? `${argument}: invalid number` : `invalid number '${argument ?? ''}'`);
  return 0;
}

function real(letter: string, value: number, shape: Shape): string {
  const precision = shape.precision ?? 6;
  const size = Math.abs(value);
  let digits: string;
  if (!Number.isFinite(value)) digits = Number.isNaN(value) ? 'nan' : 'inf';
  else if (/[fF]/.test(letter)) digits = size.toFixed(precision);
  else if (/[eE]/.test(letter)) digits = exponential(size, precision);
  else digits = general(size, precision || 1, shape.flags.includes('#'));
  if (/[EG]/.test(letter)) digits = digits.toUpperCase();
  const sign =
    value < 0 || Object.is(value, -0) ? '-' : shape.flags.includes('+') ? '+' : shape.flags.includes(' ') ? ' ' : '';
  if (shape.flags.includes('0') && !shape.flags.includes('-')) digits = digits.padStart(shape.width - sign.length, '0');
  return pad(sign + digits, shape);
}

function exponential(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number, keep: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  const trim = (text: string) => (keep ? text : text.replace(/(\.\d*?)0+(e|$)/, '$1$2').replace(/\.(e|$)/, '$1'));
  return exponent < -4 || exponent >= precision
    ? trim(exponential(value, precision - 1))
    : trim(value.toFixed(Math.max(0, precision - 1 - exponent)));
}
