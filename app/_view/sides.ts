import { digestOf } from '../../lib/content';
import { type LowerTree, provenance, type Sheet } from '../../lib/snapshot';
import type { Column } from './board';
import { digestOfNode, kindOf, sheetNode } from './containers';
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
  const { seen, shadowed } = provenance(lower, sheet, path);
  if (!seen || seen.kind === 'whiteout') return { kind: 'absent', why: seen ? 'deleted' : 'never' };
  if (seen.layer === 'sheet') {
    const below = shadowed[0]?.layer;
    return onSheet(sheet!, path, typeof below === 'number' ? below : undefined);
  }
  return inLayer(lower!, path, seen.layer);
}

function onSheet(sheet: Sheet, path: string, covers: number | undefined): Look {
  const node = sheetNode(sheet, path)!;
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

function inLayer(lower: LowerTree, path: string, from: number): Look {
  const node = lower.at(path)!;
  const bytes = node.kind === 'file' ? lower.content(node.ino) : undefined;
  return {
    kind: kindOf(node.kind),
    from,
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
