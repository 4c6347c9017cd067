import { type Attributes, compareNames, type Ino } from '../fs';
import type { Change } from '../layer';
import type { LowerNode } from './lower-node';
import type { LowerTree } from './lower-tree';
import { type Sheet, whiteout } from './sheet';
import type { SheetInode } from './sheet-inode';

/**
 * What `docker diff` prints, in time proportional to the changes.
 *
 * It follows Docker's comparison of two trees, quirks included: a folder counts as changed when its mode or owner differs or
 * when something in it changed, never for its times; a removed and re-made folder with the same attributes shows nothing;
 * everything in an added folder is added. The order is that of a walk by name (Docker's own is that of a Go map: any).
 */
export function changes(lower: LowerTree | undefined, sheet: Sheet): Change[] {
  const root = sheet.nodes.get(1);
  if (!root) return [];
  return new Comparison(lower, sheet).inFolder('', root, lower?.find(1));
}

class Comparison {
  constructor(
    readonly lower: LowerTree | undefined,
    readonly sheet: Sheet,
  ) {}

  /** `old` is the folder that was at this path before, if any. */
  inFolder(path: string, folder: SheetInode, old: LowerNode | undefined): Change[] {
    const found: Change[] = [];
    for (const [name, ino] of sorted(folder, old)) {
      const was = this.#old(old, name);
      if (ino !== whiteout) found.push(...this.#child(`${path}/${name}`, this.sheet.node(ino), was));
      else if (was) found.push({ kind: 'deleted', path: `${path}/${name}` });
    }
    return found;
  }

  #child(path: string, node: SheetInode, was: LowerNode | undefined): Change[] {
    const differs = was !== undefined && different(node, was);
    const before = was?.kind === 'directory' ? was : undefined;
    const inside = node.kind === 'directory' ? this.inFolder(path, node, before) : [];
    if (!was) return [{ kind: 'added', path }, ...inside];
    return differs || inside.length > 0 ? [{ kind: 'changed', path }, ...inside] : [];
  }

  #old(folder: LowerNode | undefined, name: string): LowerNode | undefined {
    const ino = folder?.names?.get(name);
    return ino === undefined ? undefined : this.lower?.find(ino);
  }
}

/** What the sheet says of a folder; an opaque one hides every name of the old folder that it does not have itself. */
function sorted(folder: SheetInode, old: LowerNode | undefined): [string, Ino][] {
  const names = new Map(folder.names);
  if (!folder.below) for (const name of old?.names?.keys() ?? []) if (!names.has(name)) names.set(name, whiteout);
  return [...names].sort(([a], [b]) => compareNames(a, b));
}

function different(node: Attributes & { xattrs?: ReadonlyMap<string, Uint8Array> }, was: LowerNode): boolean {
  if (node.kind !== was.kind || node.mode !== was.mode) return true;
  if (node.uid !== was.uid || node.gid !== was.gid || node.rdev !== was.rdev) return true;
  if (was.kind !== 'directory' && (node.size !== was.size || !sameTime(node.mtime, was.mtime))) return true;
  return capability(node) !== capability(was);
}

const second = 1_000_000_000n;

/** Where one of the two knows no nanoseconds (a tar), whole seconds decide. */
function sameTime(a: bigint, b: bigint): boolean {
  return a === b || (a / second === b / second && (a % second === 0n || b % second === 0n));
}

function capability(node: { readonly xattrs?: ReadonlyMap<string, Uint8Array> | undefined }): string {
  return String(node.xattrs?.get('security.capability') ?? '');
}
