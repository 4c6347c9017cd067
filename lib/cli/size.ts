/** Sizes as people read and write them, by docker/go-units' rules. */

const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** `1.23MB`: powers of 1000, so many significant digits (four unless told). */
export function humanSize(bytes: number, precision = 4): string {
  return scaled(bytes, 1000, decimal, precision);
}

/** `1.177MiB`: powers of 1024, four significant digits. */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, binary, 4);
}

function scaled(bytes: number, base: number, units: readonly string[], precision: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${significant(value, precision)}${units[unit]}`;
}

/** Go's `%.4g`. */
export function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  const text = Number(value.toPrecision(digits));
  if (exponent >= digits || Math.floor(Math.log10(Math.abs(text))) >= digits) return goExponent(text.toExponential());
  return String(text);
}

function goExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

const scales: Readonly<Record<string, number>> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** `512m`, `1.5GiB`, `100`: bytes, by powers of 1024 (RAMInBytes) or of 1000 (FromHumanSize). */
export function parseSize(text: string, base: 1000 | 1024 = 1024): number {
  const last = text.search(/[0-9. ][^0-9. ]*$/);
  const number = text.slice(0, text[last] === ' ' ? last : last + 1);
  const unit = text.slice(last + 1);
  if (!/^\d+(\.\d*)?$/.test(number))
    throw new Error(
      text === '' || !/[0-9]/.test(text[0]!) || number.includes(' ')
        ? `invalid size: '${text}'`
        : `strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`,
    );
  const scale = scales[unit.toLowerCase().replace(/^([kmgtp])(i?b)?$/, '$1')];
  if (scale === undefined) throw new Error(`invalid suffix: '${unit}'`);
  return Math.trunc(Number(number) * base ** scale);
}
