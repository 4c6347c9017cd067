/**
 * What the screens draw: plain rows made from a class and its machines, without protocol and without React.
 * Layers are counted from the bottom, 0 first, as Docker stacks them; people are shown 1 first.
 */
export type ChangeKind = 'added' | 'changed' | 'deleted';

/** One path that a container's sheet changes. */
export interface ChangeView {
  /** Absolute. */
  readonly path: string;
  readonly kind: ChangeKind;
  readonly is: 'file' | 'directory' | 'symlink' | 'other';
  /** Bytes, of a file that is there. */
  readonly size?: number;
  /** Digest of what the sheet says here; absent for a deletion and a folder. Equal digests are equal bytes. */
  readonly digest?: string;
  /** The layer that supplied what the sheet covers or hides. */
  readonly covers?: number;
  /** A folder that only holds changes and is not one itself. */
  readonly onTheWay?: boolean;
}

export interface LayerView {
  readonly digest: string;
  readonly size: number;
  readonly createdBy: string;
}

export interface ImageView {
  readonly reference: string;
  readonly imageId: string;
  readonly manifestDigest: string;
  readonly layers: readonly LayerView[];
  readonly settings: readonly string[];
}

export type Status = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';

export interface ContainerView {
  readonly id: string;
  readonly name: string;
  /** As the person wrote it. */
  readonly image: string;
  readonly imageId: string;
  readonly diffIds: readonly string[];
  readonly command: string;
  readonly status: Status;
  readonly exitCode?: number;
  /** RFC 3339: when it was made, and when it last started or ended. */
  readonly created: string;
  readonly since?: string;
  readonly changes: readonly ChangeView[];
  /** Equal digests are equal sheets. */
  readonly digest: string;
  /** Bytes that the sheet holds. */
  readonly bytes: number;
}

/** One person's containers. `seat` is `host` for the host's own computer. */
export interface SeatView {
  readonly seat: string;
  readonly name: string;
  readonly colour: number;
  readonly containers: readonly ContainerView[];
  /** When they last did something, milliseconds since the epoch, to the minute. */
  readonly lastAt?: number;
  /** The line that went wrong in the same way three times. */
  readonly stuckOn?: string;
  /** What their commands betray of what they believe: M3 to M5 of docs/lessons.md. */
  readonly shows?: readonly string[];
}
