import { FsError } from './errno';
import type { Ino, OpenFile, OpenFlags, Stat } from './file-system';
import type { Device, Mounted } from './mounts';
import { statOf } from './stat';

/** An open file description on a tree: keeps the inode alive until closed. */
export class TreeFile implements OpenFile {
  #offset = 0;
  #open = true;

  constructor(
    readonly path: string,
    readonly flags: OpenFlags,
    readonly mount: Mounted,
    readonly ino: Ino,
  ) {
    mount.tree.hold(ino);
  }

  read(length: number, at?: number): Uint8Array {
    this.#require(this.flags.read);
    const offset = at ?? this.#offset;
    const { tree } = this.mount;
    if (tree.attributes(this.ino).kind === 'directory') throw new FsError('EISDIR', this.path);
    const bytes = tree.read?.(this.ino, offset, length) ?? tree.content(this.ino).subarray(offset, offset + length);
    if (at === undefined) this.#offset += bytes.length;
    return bytes;
  }

  write(bytes: Uint8Array, at?: number): number {
    this.#require(this.flags.write);
    const { tree } = this.mount;
    const offset = this.flags.append ? tree.attributes(this.ino).size : (at ?? this.#offset);
    tree.write(this.ino, offset, bytes);
    if (at === undefined) this.#offset = offset + bytes.length;
    return bytes.length;
  }

  seek(offset: number, whence: 'set' | 'current' | 'end'): number {
    this.#require(true);
    const start = whence === 'set' ? 0 : whence === 'current' ? this.#offset : this.stat().size;
    if (start + offset < 0) throw new FsError('EINVAL', this.path);
    return (this.#offset = start + offset);
  }

  truncate(size: number): void {
    this.#require(true);
    if (!this.flags.write || size < 0) throw new FsError('EINVAL', this.path);
    this.mount.tree.truncate(this.ino, size);
  }

  stat(): Stat {
    this.#require(true);
    return statOf(this.mount.tree, this.ino);
  }

  close(): void {
    this.#require(true);
    this.#open = false;
    this.mount.tree.release(this.ino);
  }

  #require(allowed: boolean | undefined): void {
    if (!this.#open || !allowed) throw new FsError('EBADF', this.path);
  }
}

/** An open device node: reads and writes go to its driver. */
export class DeviceFile implements OpenFile {
  #open = true;

  constructor(
    readonly path: string,
    readonly flags: OpenFlags,
    readonly mount: Mounted,
    readonly ino: Ino,
    readonly device: Device,
  ) {
    mount.tree.hold(ino);
  }

  read(length: number): Uint8Array {
    if (!this.#open || !this.flags.read) throw new FsError('EBADF', this.path);
    return this.device.read(length);
  }

  write(bytes: Uint8Array): number {
    if (!this.#open || !this.flags.write) throw new FsError('EBADF', this.path);
    return this.device.write(bytes);
  }

  /** Memory devices have an offset that nothing depends on. */
  seek(): number {
    return 0;
  }

  truncate(): void {
    throw new FsError('EINVAL', this.path);
  }

  stat(): Stat {
    return statOf(this.mount.tree, this.ino);
  }

  close(): void {
    if (!this.#open) throw new FsError('EBADF', this.path);
    this.#open = false;
    this.mount.tree.release(this.ino);
  }
}
