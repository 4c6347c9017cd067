const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as BuildKit's progress shows them: `2B`, `200.07kB`. */
export function byteSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${bytes}B` : `${size.toFixed(2)}${units[unit]}`;
}

/** Bytes with four digits that count, as the classic command shows them: `3.072kB`. */
export function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${Number(size.toPrecision(4))}${units[unit]}`;
}
