/** Go's idea of values, as far as templates show it. */

/** Not the zero value, not empty. */
export function isTrue(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return isStruct(value) || Object.keys(value).length > 0;
  return Boolean(value);
}

/** Something that prints as it says (a time, a size) rather than as a map. */
export function isStruct(value: object): boolean {
  return typeof (value as { goString?: unknown }).goString === 'function';
}

/** `%v`: maps by key, slices in brackets, nothing as `<no value>`. */
export function print(value: unknown): string {
  if (value === undefined) return '<no value>';
  return goFormat(value);
}

export function goFormat(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goFormat).join(' ')}]`;
  if (typeof value === 'object') {
    if (isStruct(value)) return (value as { goString(): string }).goString();
    const entries = Object.entries(value).filter(([, item]) => typeof item !== 'function');
    return `map[${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${key}:${goFormat(item)}`)
      .join(' ')}]`;
  }
  if (typeof value === 'number') return goNumber(value);
  return String(value);
}

function goNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const text = value.toExponential();
  return Math.abs(value) >= 1e21 || Math.abs(value) < 1e-4 ? text.replace(/e([+-])(\d)$/, 'e$10$2') : String(value);
}
