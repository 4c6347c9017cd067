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
