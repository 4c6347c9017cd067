import { basename, dirname, join } from '../fs';
import { blockSize, padded, type TarHeader } from './tar-entry';
import { checksum } from './tar-fields';

/**
 * The canonical tar: plain ustar wherever its fields are wide enough, PAX records where they are not, no user names, no
 * access times. It writes the very headers that Go's archive/tar writes for Docker, so a layer made here has the form, and
 * for equal content the digest, of one made there. (POSIX pax, "ustar Interchange Format", "pax Extended Header")
 */
export class TarWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(header: TarHeader, data: Uint8Array = nothing): void {
    this.#push(tarHeader({ ...header, size: data.length }));
    this.#push(data);
    this.#push(new Uint8Array(padded(data.length) - data.length));
  }

  /** The whole archive, ended by two empty blocks. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length + 2 * blockSize);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #push(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#length += part.length;
  }
}

/** The end of an archive. */
export const tarEnd: Uint8Array = new Uint8Array(2 * blockSize);

/** The blocks before an entry's bytes: one, or three and more when PAX records are needed. */
export function tarHeader(header: TarHeader): Uint8Array {
  const records = paxRecords(header);
  const main = ustarBlock(header, flags[header.kind]);
  if (records.length === 0) return main;
  const body = concat(...records.map(([key, value]) => paxRecord(key, value)));
  return concat(recordsBlock(header, body.length), body, new Uint8Array(padded(body.length) - body.length), main);
}

function recordsBlock({ name }: TarHeader, size: number): Uint8Array {
  const path = join(dirname(name), 'PaxHeaders.0', basename(name)).replace(/^\//, '');
  const ascii = toAscii(path).slice(0, 100).replace(/\/$/, '');
  return ustarBlock({ name: ascii, kind: 'file', mode: 0, uid: 0, gid: 0, mtime: 0n, size }, 'x');
}

const nothing = new Uint8Array(0);
const encoder = new TextEncoder();
const flags = { file: '0', hardlink: '1', symlink: '2', char: '3', block: '4', directory: '5', fifo: '6' } as const;
const nanos = 1_000_000_000n;

function paxRecords(header: TarHeader): [string, string | Uint8Array][] {
  const { name, target, uid, gid, size, mtime, xattrs } = header;
  const records: [string, string | Uint8Array][] = [];
  if (!isAscii(name) || !splitName(name)) records.push(['path', name]);
  if (target !== undefined && (!isAscii(target) || target.length > 100)) records.push(['linkpath', target]);
  if (uid > 0o7777777) records.push(['uid', String(uid)]);
  if (gid > 0o7777777) records.push(['gid', String(gid)]);
  if (size > 0o77777777777) records.push(['size', String(size)]);
  if (mtime % nanos !== 0n || !fitsOctal(mtime / nanos)) records.push(['mtime', decimalTime(mtime)]);
  for (const [key, value] of xattrs ?? []) records.push([`SCHILY.xattr.${key}`, value]);
  return records.sort(([a], [b]) => (a < b ? -1 : 1));
}

function fitsOctal(seconds: bigint): boolean {
  return seconds >= 0n && seconds <= 0o77777777777n;
}

/** Seconds with as many decimals as are not zero. */
function decimalTime(time: bigint): string {
  const [sign, size] = time < 0n ? ['-', -time] : ['', time];
  const decimals = (size % nanos).toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}${size / nanos}${decimals && `.${decimals}`}`;
}

/** `<length> <key>=<value>\n`, where the length counts itself too. */
function paxRecord(key: string, value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? encoder.encode(value) : value;
  const rest = encoder.encode(` ${key}=`);
  const length = rest.length + bytes.length + 1;
  let size = length + String(length).length;
  if (length + String(size).length !== size) size = length + String(size).length;
  return concat(encoder.encode(String(size)), rest, bytes, newline);
}

const newline = encoder.encode('\n');

function ustarBlock(header: TarHeader, flag: string): Uint8Array {
  const block = new Uint8Array(blockSize);
  const [prefix, name] = (isAscii(header.name) && splitName(header.name)) || ['', toAscii(header.name).slice(0, 100)];
  text(block, 0, name);
  octal(block, 100, 8, header.mode);
  octal(block, 108, 8, header.uid);
  octal(block, 116, 8, header.gid);
  octal(block, 124, 12, header.size);
  octal(block, 136, 12, fitsOctal(header.mtime / nanos) ? Number(header.mtime / nanos) : 0);
  text(block, 156, flag);
  text(block, 157, toAscii(header.target ?? '').slice(0, 100));
  text(block, 257, 'ustar\u000000');
  octal(block, 329, 8, Math.floor((header.rdev ?? 0) / 256));
  octal(block, 337, 8, (header.rdev ?? 0) % 256);
  text(block, 345, prefix);
  text(block, 148, `${checksum(block).toString(8).padStart(6, '0')}\u0000 `);
  return block;
}

/** Digits to the width, a zero byte at the end; zero when it does not fit (a PAX record holds it then). */
function octal(block: Uint8Array, at: number, width: number, value: number): void {
  const digits = value.toString(8).padStart(width - 1, '0');
  text(block, at, digits.length < width ? digits : '0'.repeat(width - 1));
}

function text(block: Uint8Array, at: number, value: string): void {
  for (let index = 0; index < value.length; index++) block[at + index] = value.charCodeAt(index);
}

/** Prefix and name fields for a path of up to 100, or up to 255 characters with a slash in the right place. */
function splitName(name: string): [prefix: string, name: string] | undefined {
  if (name.length <= 100) return ['', name];
  if (name.length > 256) return undefined;
  const end = name.endsWith('/') ? name.length - 1 : name.length;
  const slash = name.lastIndexOf('/', Math.min(155, end - 1));
  const rest = name.length - slash - 1;
  return slash <= 0 || slash > 155 || rest > 100 || rest === 0
    ? undefined
    : [name.slice(0, slash), name.slice(slash + 1)];
}

function isAscii(value: string): boolean {
  return /^[\x01-\x7f]*$/.test(value);
}

function toAscii(value: string): string {
  return value.replace(/[^\x01-\x7f]/g, '');
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
