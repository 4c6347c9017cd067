import { Failure } from '../errors';
import { type Change, type DiffId, diffIdOf } from '../layer';
import { changes } from './changes';
import type { Layers } from './layers';
import { Sheet } from './sheet';
import type { SheetPatch } from './sheet-patch';
import { changedTar } from './tree-tar';
import { Union } from './union';

/**
 * The writable sheets of one Docker engine, each under a key.
 *
 * Life of a snapshot: `prepare` lays an empty sheet over a stack of layers → the container works on the tree that `get` gives
 * → `commit` reads off what changed as a new layer, as often as asked, and changes nothing → `remove` throws the sheet away.
 *
 * Words: a *key* is any text that the caller chose (a container's id). A *layer* is a tar in canonical form, and its name is
 * the digest of that. It knows no images and no containers, and it stores no layer: that is the content store's.
 */
export interface Snapshotter {
  /** A Failure `conflict` when the key is taken, `not-found` when a layer is not in the content store. */
  prepare(key: string, diffIds: readonly DiffId[]): Union;
  /** A snapshot as it was saved: its layers, and `Sheet.serialise` of what was on them. */
  restore(key: string, diffIds: readonly DiffId[], saved: SheetPatch): Union;
  /** The tree; the same one each time. A Failure `not-found`. */
  get(key: string): Union;
  has(key: string): boolean;
  /** What `docker diff` prints. */
  changes(key: string): Change[];
  /** The layer that holds what changed. */
  commit(key: string): { readonly diffId: DiffId; readonly tar: Uint8Array };
  remove(key: string): void;
  keys(): readonly string[];
}

export interface SnapshotsOptions {
  readonly layers: Layers;
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
  /** Of each sheet. */
  readonly quota?: { readonly bytes: number; readonly inodes: number };
}

/** Snapshots in memory. */
export class Snapshots implements Snapshotter {
  readonly #options: SnapshotsOptions;
  readonly #unions = new Map<string, Union>();
  #device = 0;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
  }

  prepare(key: string, diffIds: readonly DiffId[]): Union {
    return this.#add(key, diffIds);
  }

  restore(key: string, diffIds: readonly DiffId[], saved: SheetPatch): Union {
    return this.#add(key, diffIds, saved);
  }

  #add(key: string, diffIds: readonly DiffId[], saved?: SheetPatch): Union {
    if (this.#unions.has(key)) throw new Failure('conflict', `snapshot "${key}" is already there`);
    const { layers, now, quota } = this.#options;
    const lower = layers.lower(diffIds);
    const sheet = new Sheet(lower);
    if (saved) sheet.apply(saved);
    const union = new Union({ lower, sheet, now, device: 100 + this.#device++, ...(quota && { quota }) });
    this.#unions.set(key, union);
    return union;
  }

  get(key: string): Union {
    const union = this.#unions.get(key);
    if (!union) throw new Failure('not-found', `snapshot "${key}" is not there`);
    return union;
  }

  has(key: string): boolean {
    return this.#unions.has(key);
  }

  changes(key: string): Change[] {
    const { lower, sheet } = this.get(key);
    return changes(lower, sheet);
  }

  commit(key: string): { readonly diffId: DiffId; readonly tar: Uint8Array } {
    const tar = changedTar(this.get(key).sheet);
    return { diffId: diffIdOf(tar), tar };
  }

  remove(key: string): void {
    this.get(key);
    this.#unions.delete(key);
  }

  keys(): readonly string[] {
    return [...this.#unions.keys()];
  }
}
