/**
 * awk's values: numbers, strings, and what was read and looks like a number, which is both. Text is one character a byte: the
 * real ones count bytes too.
 */
export class Numeric {
  constructor(
    readonly text: string,
    readonly value: number,
  ) {}
}

/** Undefined: never assigned, which is both 0 and empty. */
export type Value = number | string | Numeric | undefined;

const decimal = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const leading = new RegExp(`^[ \\t\\n\\v\\f\\r]*(${decimal})`);
const special = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|inf(?:inity)?|nan)/i;
const whole = new RegExp(`^[ \\t\\n]*(?:${decimal})[ \\t\\n]*$`);

/** The number that a text begins with; busybox reads what strtod(3) does, mawk decimal ones alone. */
export function leadingNumber(text: string, gnu: boolean): number {
  const other = gnu ? null : special.exec(text);
  if (other) {
    const value = /^0x/i.test(other[2]!)
      ? Number(other[2])
      : /^i/i.test(other[2]!)
        ? Number.POSITIVE_INFINITY
        : Number.NaN;
    return other[1] === '-' ? -value : value;
  }
  const found = leading.exec(text);
  return found ? Number(found[1]) : 0;
}

/** What was read: a field, a line, an element of `split`. */
export function read(text: string): Value {
  const first = text.charCodeAt(0);
  // Most of what is read begins with a letter.
  if (first > 57 || text.length === 0) return text;
  return whole.test(text) ? new Numeric(text, Number(text.trim())) : text;
}

export function truth(value: Value): boolean {
  if (value instanceof Numeric) return value.value !== 0;
  return value !== undefined && value !== 0 && value !== '';
}

export function compare(a: Value, b: Value, texts: (value: Value) => string): number {
  if (typeof a !== 'string' && typeof b !== 'string') return numberOf(a) - numberOf(b);
  const [left, right] = [texts(a), texts(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function numberOf(value: number | Numeric | undefined): number {
  return value === undefined ? 0 : typeof value === 'number' ? value : value.value;
}
