import { components, type Ino, type Kind } from '../fs';
import type { LowerTree } from './lower-tree';
import { type Sheet, whiteout } from './sheet';
import type { SheetInode } from './sheet-inode';

/** What one layer says of a path. `layer` counts from the bottom; `sheet` is the writable one on top. */
export interface Saying {
  readonly layer: number | 'sheet';
  readonly kind: Kind | 'whiteout';
  /** Bytes of a file. */
  readonly size: number;
}

export interface Provenance {
  /** What is seen, or the whiteout that hides it. Undefined: nothing ever was there. */
  readonly seen: Saying | undefined;
  /** What that hides, uppermost first. */
  readonly shadowed: readonly Saying[];
}

/** Which layer a path comes from, and what lies hidden under it. Symbolic links are not followed. */
export function provenance(lower: LowerTree | undefined, sheet: Sheet | undefined, path: string): Provenance {
  const sayings = [...(sheet ? onSheet(sheet, path) : []), ...inLayers(lower, path)];
  return { seen: sayings[0], shadowed: sayings.slice(1) };
}

function onSheet(sheet: Sheet, path: string): Saying[] {
  let node: SheetInode | undefined = sheet.nodes.get(1);
  for (const name of components(path)) {
    if (!node) return [];
    const ino: Ino | undefined = node.names?.get(name);
    const hides = ino === whiteout || (ino === undefined && !node.below);
    if (hides) return sheet.lower?.at(path) ? [{ layer: 'sheet', kind: 'whiteout', size: 0 }] : [];
    node = ino === undefined ? undefined : sheet.nodes.get(ino);
  }
  return node ? [{ layer: 'sheet', kind: node.kind, size: node.kind === 'file' ? node.size : 0 }] : [];
}

/** Stacks share the nodes that a layer leaves alone, so a node's own layer tells where to look next. */
function inLayers(top: LowerTree | undefined, path: string): Saying[] {
  const sayings: Saying[] = [];
  for (let tree = top; tree; tree = tree.parent) {
    const node = tree.at(path);
    const above = sayings.at(-1);
    if (node && node.layer === tree.depth - 1) {
      sayings.push({ layer: node.layer, kind: node.kind, size: node.kind === 'file' ? node.size : 0 });
    } else if (!node && above?.kind !== 'whiteout' && tree.parent?.at(path)) {
      sayings.push({ layer: tree.depth - 1, kind: 'whiteout', size: 0 });
    }
  }
  return sayings;
}
