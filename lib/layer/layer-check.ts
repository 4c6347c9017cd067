import { Failure } from '../errors';
import { entryPath } from './layer-tree';
import { blockSize, padded, type TarHeader } from './tar-entry';
import { HeaderReader } from './tar-read';
import { readName } from './whiteout';

/**
 * Judges a layer's tar as it streams by, as `readLayer` judges one in memory: whole, no way out of the root, no link to what
 * is not there. It keeps a number for each path and no bytes.
 */
export class LayerCheck {
  readonly #headers = new HeaderReader();
  readonly #most: number;
  /** Path → whether it is a folder. */
  readonly #paths = new Map<number, boolean>();
  #partial = new Uint8Array(blockSize);
  #filled = 0;
  /** Bytes of the present entry that are still to pass. */
  #skip = 0;
  #meta: Uint8Array | undefined;
  #metaAt = 0;
  #metaSize = 0;
  #ended = false;
  #last = '';
  #entries = 0;

  constructor(mostEntries: number) {
    this.#most = mostEntries;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#ended; ) {
      if (this.#skip > 0) at += this.#pass(chunk, at);
      else if (this.#filled === 0 && chunk.length - at >= blockSize) {
        this.#block(chunk.subarray(at, at + blockSize));
        at += blockSize;
      } else at += this.#gather(chunk, at);
    }
  }

  /** After the last byte. */
  end(): void {
    if (this.#skip > 0) throw new Failure('corrupt', `the layer ends within "${this.#last}"`);
    if (this.#filled > 0 && !this.#ended)
      throw new Failure('corrupt', `the layer ends too early, after "${this.#last}"`);
  }

  #pass(chunk: Uint8Array, at: number): number {
    const count = Math.min(this.#skip, chunk.length - at);
    this.#skip -= count;
    if (!this.#meta) return count;
    this.#meta.set(chunk.subarray(at, at + count), this.#metaAt);
    this.#metaAt += count;
    if (this.#skip === 0) {
      this.#headers.meta(this.#meta.subarray(0, this.#metaSize));
      this.#meta = undefined;
    }
    return count;
  }

  #gather(chunk: Uint8Array, at: number): number {
    const count = Math.min(blockSize - this.#filled, chunk.length - at);
    this.#partial.set(chunk.subarray(at, at + count), this.#filled);
    this.#filled += count;
    if (this.#filled === blockSize) {
      this.#filled = 0;
      this.#block(this.#partial);
    }
    return count;
  }

  #block(block: Uint8Array): void {
    const found = this.#headers.block(block);
    if (found.type === 'zero') this.#ended = true;
    else if (found.type === 'entry') {
      this.#skip = padded(found.header.size);
      this.#judge(found.header);
    } else if (found.size === 0) this.#headers.meta(new Uint8Array(0));
    else {
      this.#skip = padded(found.size);
      this.#meta = new Uint8Array(this.#skip);
      this.#metaAt = 0;
      this.#metaSize = found.size;
    }
  }

  #judge({ name, kind, target }: TarHeader): void {
    this.#last = name;
    if (++this.#entries > this.#most) throw new Failure('exhausted', `the layer has more than ${this.#most} entries`);
    const path = entryPath(name);
    const last = path.at(-1);
    if (last === undefined || readName(last).type !== 'plain') return;
    if (kind === 'symlink' && !target) throw new Failure('corrupt', `entry "${name}" is a symbolic link to nothing`);
    if (kind === 'hardlink' && this.#paths.get(hashes(entryPath(target ?? '')).at(-1)!) !== false) {
      throw new Failure('corrupt', `entry "${name}" is a hard link to "${target}", which is no file of this layer`);
    }
    const all = hashes(path);
    all.forEach((hash, at) => {
      const whole = at === all.length - 1;
      if (!whole && this.#paths.get(hash) === false) {
        throw new Failure('corrupt', `entry "${name}" lies in "${path[at]}", which is not a folder`);
      }
      this.#paths.set(hash, whole ? kind === 'directory' : true);
    });
  }
}

/** A number for each folder on the way and for the path itself: 53 bits, so that two paths hardly ever share one. */
function hashes(path: readonly string[]): number[] {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  return path.map((name) => {
    for (let at = 0; at <= name.length; at++) {
      const unit = at < name.length ? name.charCodeAt(at) : 0x2f;
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0x85ebca6b) + (high >>> 15);
    }
    return (low >>> 0) * 0x200000 + (high >>> 11);
  });
}
