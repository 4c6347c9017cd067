import type { ChangeView } from './types';

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/** How many paths a sheet adds, changes and deletes. */
export function countChanges(changes: readonly ChangeView[]): Counts {
  const of = (kind: ChangeView['kind']) => changes.filter((change) => change.kind === kind).length;
  return { added: of('added'), changed: of('changed'), deleted: of('deleted') };
}

/** Two letters of a name, for a small round: `Ana María` → `AM`, `Bo` → `BO`. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .map((word) => [...word]);
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [words[0]?.[0], words[0]?.[1]];
  return letters.join('').toLocaleUpperCase();
}

/** The line of a Dockerfile that made a layer, without the shell around it. */
export function layerTitle(createdBy: string): string {
  return createdBy
    .replace(/\s*# buildkit$/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^(RUN )?\/bin\/sh -c /, 'RUN ')
    .replace(/^((?:ADD|COPY) .*?) # .*$/, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Bytes as people read them, in thousands as Docker counts them. */
export function showBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${units[unit]}`;
}
