/** What one container (or image) has at a path. */
export type Look =
  | { readonly kind: 'absent'; readonly why: 'never' | 'deleted' }
  | {
      readonly kind: 'file' | 'directory' | 'symlink' | 'other';
      /** `sheet`, or the layer that it comes from. */
      readonly from: 'sheet' | number;
      /** A layer's older file that the sheet covers. */
      readonly covers?: number;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly size: number;
      readonly digest?: string;
      readonly bytes?: Uint8Array;
      readonly target?: string;
    };

/** One side of a comparison. */
export interface Side {
  /** A container's id, or `image`; of a container as it was: its id, `@`, and the version. */
  readonly id: string;
  /** The container that this was, earlier. */
  readonly of?: string;
  readonly label: string;
  readonly colour: number;
  readonly isImage: boolean;
  /** Paths with a kind of change against its image; none for an image. */
  readonly changes: ReadonlyMap<string, import('./types').ChangeView>;
  readonly layers: readonly import('./types').LayerView[];
  look(path: string): Look;
}

/** UTF-8 text without zero bytes, or undefined: then it is shown as hex. */
export function asText(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 8192).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Sixteen bytes a line: offset, hex, and what is printable; at most `most` bytes. */
export function asHex(bytes: Uint8Array, most = 4096): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, most); at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, most))];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const seen = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${seen}`);
  }
  return lines.join('\n');
}

/** `-rw-r--r--` without the kind. */
export function showMode(mode: number): string {
  return [6, 3, 0]
    .map((shift) => ['r', 'w', 'x'].map((letter, i) => ((mode >> shift) & (4 >> i) ? letter : '-')).join(''))
    .join('');
}
