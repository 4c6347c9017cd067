import type { ContainerRecord, ContainerState } from '../../lib/container';
import { digestOf } from '../../lib/content';
import type { Change } from '../../lib/layer';
import type { MachineState } from '../../lib/machine';
import { changes, type LowerNode, type Sheet, type SheetInode, whiteout } from '../../lib/snapshot';
import type { ChangeView, ContainerView } from './types';

/** A computer's containers, the newest first, as `docker ps -a` lists them. */
export function containersOf(machine: MachineState): readonly ContainerView[] {
  const before = listed.get(machine);
  if (before) return before;
  const containers = [...machine.engine.containers.values()]
    .map((record) => containerOf(machine, record))
    .sort((a, b) => (a.created < b.created ? 1 : -1));
  listed.set(machine, containers);
  return containers;
}

/** A replica is replaced, never written to: on a board of three hundred only the one that changed is listed anew. */
const listed = new WeakMap<MachineState, readonly ContainerView[]>();

function containerOf(machine: MachineState, record: ContainerRecord): ContainerView {
  const stored = machine.engine.sheets.get(record.snapshot);
  const written = stored ? writtenOn(stored.sheet) : blank;
  return {
    id: record.id,
    name: record.name,
    image: record.image,
    imageId: record.imageId,
    // The stack below a sheet also has a layer that Docker makes with the container (/etc/hosts…): not the image's.
    diffIds: machine.engine.images.byId.get(record.imageId)?.diffIds ?? stored?.diffIds ?? [],
    command: [record.path, ...record.args].join(' '),
    status: record.state.state,
    ...('exitCode' in record.state && { exitCode: record.state.exitCode }),
    created: record.created,
    ...since(record.state),
    ...written,
  };
}

function since(state: ContainerState): { since?: string } {
  if (state.state === 'created') return {};
  return { since: 'finishedAt' in state ? state.finishedAt : state.startedAt };
}

interface Written {
  readonly changes: readonly ChangeView[];
  readonly digest: string;
  readonly bytes: number;
}

const blank: Written = { changes: [], digest: '', bytes: 0 };
const known = new WeakMap<Sheet, Written>();

/** A sheet of a replica is never written to again, so what it says is worked out once. */
function writtenOn(sheet: Sheet): Written {
  const before = known.get(sheet);
  if (before) return before;
  const written = {
    changes: changes(sheet.lower, sheet).map((change) => changeOf(sheet, change)),
    digest: sheet.stateDigest(),
    bytes: sheet.bytes,
  };
  known.set(sheet, written);
  return written;
}

function changeOf(sheet: Sheet, { kind, path }: Change): ChangeView {
  const node = sheetNode(sheet, path);
  const below = sheet.lower?.at(path);
  const digest = node && digestOfNode(sheet, node);
  return {
    path,
    kind,
    is: kindOf((node ?? below)?.kind),
    ...(node?.kind === 'file' && { size: node.size }),
    ...(digest && { digest }),
    ...(below && { covers: below.layer }),
    ...(kind === 'changed' && node && below && onlyPassed(node, below) && { onTheWay: true }),
  };
}

/** A folder whose own attributes are as before: it is here for what is in it. */
function onlyPassed(node: SheetInode, below: LowerNode): boolean {
  return (
    node.kind === 'directory' &&
    below.kind === 'directory' &&
    node.mode === below.mode &&
    node.uid === below.uid &&
    node.gid === below.gid
  );
}

/** What the sheet itself holds at a path; links are not followed. */
function sheetNode(sheet: Sheet, path: string): SheetInode | undefined {
  let node = sheet.nodes.get(1);
  for (const name of path.split('/').filter(Boolean)) {
    const ino = node?.names?.get(name);
    node = ino === undefined || ino === whiteout ? undefined : sheet.nodes.get(ino);
  }
  return node;
}

export function digestOfNode(sheet: Sheet, node: SheetInode): string | undefined {
  if (node.kind === 'file') return (node.digest ??= digestOf(sheet.content(node)));
  return node.target === undefined ? undefined : digestOf(new TextEncoder().encode(`-> ${node.target}`));
}

export function kindOf(kind: string | undefined): ChangeView['is'] {
  return kind === 'file' || kind === 'directory' || kind === 'symlink' ? kind : 'other';
}
