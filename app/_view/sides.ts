import { digestOf } from '../../lib/content';
import { type LowerNode, type LowerTree, type Sheet, type SheetInode, whiteout } from '../../lib/snapshot';
import type { Column } from './board';
import { digestOfNode, kindOf } from './containers';
import type { Look, Side } from './look';
import type { ImageView, LayerView } from './types';

/** A container's side of a comparison: its sheet over its image's layers. */
export function containerSide(
  column: Pick<Column, 'id' | 'label' | 'colour' | 'container'>,
  sheet: Sheet,
  layers: readonly LayerView[],
): Side {
  return {
    id: column.id,
    label: column.label,
    colour: column.colour,
    isImage: false,
    changes: new Map(column.container.changes.map((change) => [change.path, change])),
    layers,
    look: (path) => look(sheet.lower, sheet, path),
  };
}

/** The image's side: the layers and nothing above them. */
export function imageSide(image: ImageView, label: string, lower: LowerTree | undefined): Side {
  return {
    id: 'image',
    label,
    colour: -1,
    isImage: true,
    changes: new Map(),
    layers: image.layers,
    look: (path) => look(lower, undefined, path),
  };
}

function look(lower: LowerTree | undefined, sheet: Sheet | undefined, path: string): Look {
  const below = lower?.at(path);
  const found = sheet ? walk(sheet, path) : 'below';
  if (found === 'hidden') return { kind: 'absent', why: below ? 'deleted' : 'never' };
  if (found !== 'below') return onSheet(sheet!, found, below?.layer);
  return below ? inLayer(lower!, below) : { kind: 'absent', why: 'never' };
}

/** What a sheet says of a path: its own inode, that nothing is to be seen, or that the layers below decide. */
function walk(sheet: Sheet, path: string): SheetInode | 'hidden' | 'below' {
  let node = sheet.nodes.get(1);
  for (const name of path.split('/').filter(Boolean)) {
    if (!node) return 'below';
    const ino = node.names?.get(name);
    if (ino === whiteout || (ino === undefined && !node.below)) return 'hidden';
    node = ino === undefined ? undefined : sheet.nodes.get(ino);
  }
  return node ?? 'below';
}

function onSheet(sheet: Sheet, node: SheetInode, covers: number | undefined): Look {
  const digest = digestOfNode(sheet, node);
  return {
    kind: kindOf(node.kind),
    from: 'sheet',
    ...(covers !== undefined && { covers }),
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    size: node.size,
    ...(digest && { digest }),
    ...(node.kind === 'file' && { bytes: sheet.content(node) }),
    ...(node.target !== undefined && { target: node.target }),
  };
}

function inLayer(lower: LowerTree, node: LowerNode): Look {
  const bytes = node.kind === 'file' ? lower.content(node.ino) : undefined;
  return {
    kind: kindOf(node.kind),
    from: node.layer,
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    size: node.size,
    ...(bytes && { bytes, digest: digestOf(bytes) }),
    ...(node.target !== undefined && { target: node.target }),
  };
}

/** The layers of any stack with what is known of each from the images of the class. */
export function layersOf(diffIds: readonly string[], images: readonly ImageView[]): readonly LayerView[] {
  const all = images.flatMap(({ layers }) => layers);
  return diffIds.map((digest, i) => {
    const here = images.find(({ layers }) => layers[i]?.digest === digest)?.layers[i];
    return here ?? all.find((layer) => layer.digest === digest) ?? { digest, size: 0, createdBy: digest.slice(7, 19) };
  });
}
