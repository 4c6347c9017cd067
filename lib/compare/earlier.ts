import type { ContainerId } from '../container';
import type { EngineState } from '../engine';
import { compareNames } from '../fs';
import type { Change } from '../layer';
import { changes, type LowerNode, type Sheet, type SheetInode, whiteout } from '../snapshot';

/** The paths that a container shows differently after than before, folders that only hold such paths aside. Times do not count. */
export function pathsBetween(before: Sheet, after: Sheet): readonly string[] {
  if (before === after) return [];
  const [was, is] = [saidBy(before), saidBy(after)];
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths.filter((path) => !same(was.get(path), is.get(path), before, after)).sort(compareNames);
}

/** What a container was like at one of its moments. */
export interface Point {
  /** Of the machine's stream. */
  readonly version: number;
  /** How many paths have another look at the next point (the last one's next is now). */
  readonly paths: number;
}

/**
 * Points at which a container was about to change, the oldest first: of the states given, in the order of time, those that have the
 * container and after which it was another. Yields undefined in between, for whoever wants to give way: many sheets are compared.
 */
export function* pointsOf(
  container: string,
  pasts: readonly { readonly version: number; readonly engine: EngineState }[],
  now: EngineState,
): Generator<undefined, readonly Point[]> {
  const points: Point[] = [];
  let after = sheetOf(now, container);
  for (const { version, engine } of pasts.toReversed()) {
    const before = sheetOf(engine, container);
    const paths = before && after ? pathsBetween(before, after).length : 0;
    if (paths > 0) points.unshift({ version, paths });
    after = before ?? after;
    yield undefined;
  }
  return points;
}

function sheetOf({ containers, sheets }: EngineState, id: string): Sheet | undefined {
  const record = containers.get(id as ContainerId);
  return record && sheets.get(record.snapshot)?.sheet;
}

interface Said {
  readonly kind: Change['kind'];
  readonly node?: SheetInode;
}

/** What a sheet changes, by path, with the inode that says so. */
function saidBy(sheet: Sheet): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  for (const { path, kind } of changes(sheet.lower, sheet)) {
    const node = kind === 'deleted' ? undefined : nodeAt(sheet, path);
    if (!onTheWay(kind, node, sheet.lower?.at(path))) said.set(path, { kind, ...(node && { node }) });
  }
  return said;
}

function nodeAt(sheet: Sheet, path: string): SheetInode | undefined {
  let node = sheet.nodes.get(1);
  for (const name of path.split('/').filter(Boolean)) {
    const ino = node?.names?.get(name);
    node = ino === undefined || ino === whiteout ? undefined : sheet.nodes.get(ino);
  }
  return node;
}

function onTheWay(kind: Change['kind'], node: SheetInode | undefined, below: LowerNode | undefined): boolean {
  const both = kind === 'changed' && node?.kind === 'directory' && below?.kind === 'directory';
  return both && node.mode === below.mode && node.uid === below.uid && node.gid === below.gid;
}

function same(was: Said | undefined, is: Said | undefined, before: Sheet, after: Sheet): boolean {
  if (!was || !is || was.kind !== is.kind) return false;
  const [one, other] = [was.node, is.node];
  if (!one || !other) return one === other;
  if (one.kind !== other.kind || one.mode !== other.mode || one.uid !== other.uid || one.gid !== other.gid)
    return false;
  if (one.target !== other.target || one.rdev !== other.rdev) return false;
  return one.kind !== 'file' || sameBytes(before.content(one), after.content(other));
}

/** Copies of a sheet share the bytes of files that neither writes to: most often there is nothing to read. */
function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  if (one.buffer === other.buffer && one.byteOffset === other.byteOffset) return true;
  return one.every((byte, at) => byte === other[at]);
}
