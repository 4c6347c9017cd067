import { Failure } from '../errors';
import { blockSize, padded, type TarEntry, type TarHeader } from './tar-entry';
import { checksum, numberField, paxRecords, paxTime, textField } from './tar-fields';

/** What a header block turned out to be. */
export type Block =
  | { readonly type: 'entry'; readonly header: TarHeader }
  /** Bytes about the next entry follow: hand them to `meta`. */
  | { readonly type: 'meta'; readonly size: number }
  | { readonly type: 'zero' };

/** Records and long names are read whole; one that is larger is not about a name. */
const largestMeta = 1 << 20;

/**
 * Reads header blocks one after the other and remembers what PAX records and GNU long names say about the next entry. It
 * holds no bytes of files: whoever feeds it skips or keeps them. Reads v7, ustar, PAX and GNU; refuses sparse files.
 */
export class HeaderReader {
  #global: ReadonlyMap<string, Uint8Array> = new Map();
  #next = new Map<string, Uint8Array>();
  #flag = '';
  #seconds = 0;
  #nanoseconds = 0n;

  block(block: Uint8Array): Block {
    if (isZero(block)) return { type: 'zero' };
    verify(block);
    this.#flag = String.fromCharCode(block[156]!);
    if (!'xgLKX'.includes(this.#flag)) return { type: 'entry', header: this.#header(block) };
    const size = numberField(block, 124, 12);
    if (size < 0 || size > largestMeta) throw new Failure('corrupt', `a tar header claims ${size} bytes of records`);
    return { type: 'meta', size };
  }

  /** Most files of a layer are of the same second. */
  #time(seconds: number): bigint {
    if (seconds !== this.#seconds) {
      this.#seconds = seconds;
      this.#nanoseconds = BigInt(seconds) * 1_000_000_000n;
    }
    return this.#nanoseconds;
  }

  meta(bytes: Uint8Array): void {
    if (this.#flag === 'L') this.#next.set('path', upToZero(bytes));
    else if (this.#flag === 'K') this.#next.set('linkpath', upToZero(bytes));
    else if (this.#flag === 'g') this.#global = new Map([...this.#global, ...paxRecords(bytes)]);
    else for (const [key, value] of paxRecords(bytes)) this.#next.set(key, value);
  }

  #header(block: Uint8Array): TarHeader {
    const records = this.#global.size > 0 ? new Map([...this.#global, ...this.#next]) : this.#next;
    this.#next = records.size > 0 ? new Map() : this.#next;
    const ustar = textField(block, 257, 5) === 'ustar';
    const prefix = ustar && block[263] === 0x30 ? textField(block, 345, 155) : '';
    const short = textField(block, 0, 100);
    const flag = this.#flag;
    const device = ustar && (flag === '3' || flag === '4');
    const plain: TarHeader = {
      name: prefix === '' ? short : `${prefix}/${short}`,
      kind: kindOf(flag, short),
      mode: numberField(block, 100, 8) & 0o7777,
      uid: numberField(block, 108, 8),
      gid: numberField(block, 116, 8),
      mtime: this.#time(numberField(block, 136, 12)),
      size: numberField(block, 124, 12),
      target: flag === '1' || flag === '2' ? textField(block, 157, 100) : undefined,
      rdev: device ? numberField(block, 329, 8) * 256 + numberField(block, 337, 8) : undefined,
      xattrs: undefined,
    };
    return sized(records.size > 0 ? withRecords(plain, records) : plain);
  }
}

function kindOf(flag: string, name: string): TarHeader['kind'] {
  switch (flag) {
    case '\0':
    case '0':
    case '7':
      return name.endsWith('/') ? 'directory' : 'file';
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '3':
      return 'char';
    case '4':
      return 'block';
    case '5':
      return 'directory';
    case '6':
      return 'fifo';
    default:
      throw new Failure('unsupported', `tar entry "${name.slice(0, 200)}" is of a kind that is not read: "${flag}"`);
  }
}

const decoder = new TextDecoder();

function withRecords(header: TarHeader, records: ReadonlyMap<string, Uint8Array>): TarHeader {
  const changed: { -readonly [Field in keyof TarHeader]?: TarHeader[Field] } = {};
  const xattrs = new Map<string, Uint8Array>();
  for (const [key, value] of records) {
    if (key.startsWith('SCHILY.xattr.')) xattrs.set(key.slice(13), value);
    else applyRecord(changed, key, decoder.decode(value), header);
  }
  if (changed.name?.endsWith('/') && header.kind === 'file') changed.kind = 'directory';
  return { ...header, ...changed, ...(xattrs.size > 0 && { xattrs }) };
}

type Changed = { -readonly [Field in keyof TarHeader]?: TarHeader[Field] };

function applyRecord(changed: Changed, key: string, value: string, header: TarHeader): void {
  if (key.startsWith('GNU.sparse.')) {
    throw new Failure('unsupported', `tar entry "${header.name}" is a sparse file, which is not read`);
  }
  if (key === 'path') changed.name = value;
  else if (key === 'linkpath') changed.target = value;
  else if (key === 'mtime') changed.mtime = paxTime(value);
  else if (key === 'uid' || key === 'gid' || key === 'size') changed[key] = wholeNumber(value, header);
}

function wholeNumber(text: string, { name }: TarHeader): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new Failure('corrupt', `tar entry "${name}" has a record that is not a number: ${text.slice(0, 40)}`);
}

/** Only files carry bytes; other kinds may claim a size that means nothing. */
function sized(header: TarHeader): TarHeader {
  const { name, kind, size, uid, gid } = header;
  if (size < 0 || uid < 0 || gid < 0) throw new Failure('corrupt', `tar entry "${name}" has a negative number`);
  return kind === 'file' || size === 0 ? header : { ...header, size: 0 };
}

function upToZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** The stored checksum, whether its maker summed bytes as unsigned (the standard) or signed (some old ones). */
function verify(block: Uint8Array): void {
  const stored = numberField(block, 148, 8);
  const sum = checksum(block);
  if (stored !== sum && stored !== sum - 256 * countHigh(block)) {
    throw new Failure('corrupt', 'a tar header has a wrong checksum');
  }
}

function countHigh(block: Uint8Array): number {
  return block.reduce((count, byte, at) => count + (at >= 148 && at < 156 ? 0 : byte >> 7), 0);
}

function isZero(block: Uint8Array): boolean {
  return block[0] === 0 && block.every((byte) => byte === 0);
}

/** Of one shape, which keeps reading many of them quick. */
class Entry implements TarEntry {
  readonly name: string;
  readonly kind: TarHeader['kind'];
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: bigint;
  readonly size: number;
  readonly target: string | undefined;
  readonly rdev: number | undefined;
  readonly xattrs: ReadonlyMap<string, Uint8Array> | undefined;

  constructor(
    header: TarHeader,
    readonly data: Uint8Array,
    readonly offset: number,
  ) {
    this.name = header.name;
    this.kind = header.kind;
    this.mode = header.mode;
    this.uid = header.uid;
    this.gid = header.gid;
    this.mtime = header.mtime;
    this.size = header.size;
    this.target = header.target;
    this.rdev = header.rdev;
    this.xattrs = header.xattrs;
  }
}

/**
 * The entries of a tar archive that is wholly in memory, each with a view of its bytes. Throws a Failure (`corrupt`,
 * `unsupported`) that names the entry where it can. `complete` also demands the two empty blocks at the end, which a stream
 * that was cut between two entries lacks.
 */
export function* readTar(archive: Uint8Array, complete = false): Generator<TarEntry> {
  const reader = new HeaderReader();
  let last = '';
  let at = 0;
  for (; at + blockSize <= archive.length; ) {
    const block = reader.block(archive.subarray(at, at + blockSize));
    at += blockSize;
    if (block.type === 'zero') return;
    const size = block.type === 'meta' ? block.size : block.header.size;
    const data = archive.subarray(at, at + size);
    if (block.type === 'entry') last = block.header.name;
    if (data.length < size) throw new Failure('corrupt', `the tar archive ends within "${last}"`);
    if (block.type === 'meta') reader.meta(data);
    else yield new Entry(block.header, data, at);
    at += padded(size);
  }
  if (at < archive.length || complete) throw new Failure('corrupt', `the tar archive ends too early, after "${last}"`);
}
