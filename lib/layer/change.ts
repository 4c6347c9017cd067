import { compareNames } from '../fs';

/** One line of `docker diff`. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'deleted';
  /** Absolute. */
  readonly path: string;
}

const letters = { added: 'A', changed: 'C', deleted: 'D' } as const;

/** `C /etc/motd`, as `docker diff` prints it. */
export function changeLine({ kind, path }: Change): string {
  return `${letters[kind]} ${path}`;
}

/** In the order of a walk: a folder before what is in it, names by their bytes. */
export function compareChanges(a: Change, b: Change): number {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compareNames(left[at]!, right[at]!);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
