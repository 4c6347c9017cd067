import type { Process } from '../process';
import type { MachineEvent } from './events';

export type Checkpoint = Readonly<Record<string, unknown>>;

/** How a checkpoint differs from the one before: most lines change a few variables and add themselves to a long history. */
export interface CheckpointChange {
  /** Members that are other now, whole. */
  readonly set?: Checkpoint;
  /** Members that are not there any more. */
  readonly gone?: readonly string[];
  /** Lists of which most is as it was. */
  readonly lists?: Readonly<Record<string, ListChange>>;
}

/** In this order: so many go from the front, these places hold others, these come after the end. */
interface ListChange {
  readonly drop?: number;
  readonly at?: readonly (readonly [index: number, value: unknown])[];
  readonly add?: readonly unknown[];
}

/** How far a shell had gone when it was asked. */
const asked = new WeakMap<Process, number>();

/** As `tellCheckpoint`, of a shell that is asked again only when it has gone on since. */
export function tellIfMoved(of: string, process: Process | undefined, known: unknown): MachineEvent[] {
  if (!process || asked.get(process) === process.activity) return [];
  asked.set(process, process.activity);
  return tellCheckpoint(of, process, known);
}

/**
 * What a shell would need after a restart, as far as it is not what the state knows of it already. What is being typed changes
 * with every key and is told apart from the rest, which changes with every command.
 */
export function tellCheckpoint(of: string, process: Process | undefined, known: unknown): MachineEvent[] {
  const checkpoint = process?.checkpoint?.();
  if (!isObject(checkpoint)) return [];
  if (!isObject(known))
    return [{ type: 'shell:stood', of, checkpoint: copyOf(Object.assign({ typed: '' }, checkpoint)) }];
  const { typed = '', ...rest } = checkpoint as { typed?: string };
  const { typed: typedBefore = '', ...before } = known as { typed?: string };
  const change = changeOf(before, rest);
  const typing = typed === typedBefore ? {} : { typed };
  if (change) return [{ type: 'shell:changed', of, change, ...typing }];
  return typed === typedBefore ? [] : [{ type: 'shell:typed', of, typed }];
}

/** The checkpoint after a change, as new as far as it changed. */
export function changed(before: unknown, { set = {}, gone = [], lists = {} }: CheckpointChange): Checkpoint {
  // Assigned and not spread: V8 gives a spread of so many members a shape of its own, half as large as the members.
  const next: Record<string, unknown> = Object.assign({}, before, set);
  for (const name of gone) delete next[name];
  for (const [name, change] of Object.entries(lists)) next[name] = changedList(next[name] as unknown[], change);
  return next;
}

function changedList(before: readonly unknown[], { drop = 0, at = [], add = [] }: ListChange): unknown[] {
  const next = before.slice(drop);
  for (const [index, value] of at) next[index] = value;
  return next.concat(add);
}

/** Undefined when there is none. */
function changeOf(before: Checkpoint, after: Checkpoint): CheckpointChange | undefined {
  const set: Record<string, unknown> = {};
  const lists: Record<string, ListChange> = {};
  for (const name in after) {
    const [old, value] = [before[name], after[name]];
    if (value === undefined || isSame(old, value)) continue;
    const little = Array.isArray(old) && Array.isArray(value) ? listChange(old, value) : undefined;
    if (little) lists[name] = copyOf(little);
    else set[name] = copyOf(value);
  }
  const gone = present(before).flatMap(([name]) => (after[name] === undefined ? [name] : []));
  if (!gone.length && !Object.keys(set).length && !Object.keys(lists).length) return undefined;
  return {
    ...(Object.keys(set).length && { set }),
    ...(gone.length && { gone }),
    ...(Object.keys(lists).length && { lists }),
  };
}

/** Undefined when saying the list anew is no longer. */
function listChange(before: readonly unknown[], after: readonly unknown[]): ListChange | undefined {
  const first = before.findIndex((one) => isSame(one, after[0]));
  const [plain, moved] = [listChangeFrom(before, after, 0), listChangeFrom(before, after, Math.max(0, first))];
  const best = lengthOf(moved) < lengthOf(plain) ? moved : plain;
  return best && lengthOf(best) * 2 <= after.length ? best : undefined;
}

const lengthOf = (change: ListChange | undefined) =>
  change ? (change.at?.length ?? 0) + (change.add?.length ?? 0) : Number.POSITIVE_INFINITY;

function listChangeFrom(before: readonly unknown[], after: readonly unknown[], drop: number): ListChange | undefined {
  const kept = before.length - drop;
  if (kept > after.length) return undefined;
  const at = after.slice(0, kept).flatMap((value, n) => (isSame(before[n + drop], value) ? [] : [[n, value] as const]));
  const add = after.slice(kept);
  return { ...(drop && { drop }), ...(at.length && { at }), ...(add.length && { add }) };
}

/** Of two values that JSON can hold; what is undefined is not there. Without making anything: it is asked after every turn. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other);
  return (
    !Array.isArray(other) &&
    isWithin(one as Checkpoint, other as Checkpoint) &&
    isWithin(other as Checkpoint, one as Checkpoint)
  );
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, n) => isSame(value, other[n]));
}

/** Everything that the one holds, the other holds too. */
function isWithin(one: Checkpoint, other: Checkpoint): boolean {
  for (const name in one) if (!isSame(one[name], other[name])) return false;
  return true;
}

/** Arrays and objects anew, as the shell goes on changing its own; texts are shared. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(present(value).map(([key, one]) => [key, copyOf(one)])) as T;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const present = (value: object) => Object.entries(value).filter(([, one]) => one !== undefined);
