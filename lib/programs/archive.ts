/**
 * The tar program's archives: ustar with GNU long names, in and out. (POSIX pax, "ustar Interchange Format")
 *
 * lib/layer has a tar of its own, and both stay: its members are a layer's (numbers for owners, nanoseconds, whiteouts, one
 * canonical form whose digest counts), these are a person's (names, the order of the command line, what a damaged archive
 * still gives). By the table of rooms a program knows nothing of layers, as tar in a container does not.
 */
import type { Kind } from '../fs';
import { decode, encode } from './text';

export interface Member {
  readonly name: string;
  readonly kind: Exclude<Kind, 'socket'> | 'hardlink';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly user: string;
  readonly group: string;
  /** Seconds. */
  readonly mtime: number;
  readonly target: string;
  readonly data: Uint8Array;
}

const block = 512;
const flags = { file: '0', hardlink: '1', symlink: '2', char: '3', block: '4', directory: '5', fifo: '6' } as const;
const kinds: Readonly<Record<string, Member['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
};

const whole = (size: number) => Math.ceil(size / block) * block;

export function writeMember(member: Member): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const name = encode(member.name);
  if (name.length > 100) parts.push(...longName('L', name));
  const target = encode(member.target);
  if (target.length > 100) parts.push(...longName('K', target));
  parts.push(header(member, flags[member.kind], name.subarray(0, 100), target.subarray(0, 100), member.data.length));
  if (member.data.length > 0) parts.push(member.data, new Uint8Array(whole(member.data.length) - member.data.length));
  return parts;
}

function longName(flag: string, name: Uint8Array): Uint8Array[] {
  const data = new Uint8Array(whole(name.length + 1));
  data.set(name);
  const about = { mode: 0, uid: 0, gid: 0, user: '', group: '', mtime: 0 };
  return [header(about, flag, encode('././@LongLink'), new Uint8Array(0), name.length + 1), data];
}

type About = Pick<Member, 'mode' | 'uid' | 'gid' | 'user' | 'group' | 'mtime'>;

function header(about: About, flag: string, name: Uint8Array, target: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(block);
  const put = (text: string, at: number) => bytes.set(encode(text), at);
  const octal = (value: number, at: number, width: number) => put(value.toString(8).padStart(width - 1, '0'), at);
  bytes.set(name);
  octal(about.mode, 100, 8);
  octal(about.uid, 108, 8);
  octal(about.gid, 116, 8);
  octal(size, 124, 12);
  octal(about.mtime, 136, 12);
  put('        ', 148);
  put(flag, 156);
  bytes.set(target, 157);
  put('ustar  ', 257);
  put(about.user.slice(0, 31), 265);
  put(about.group.slice(0, 31), 297);
  put(
    `${bytes
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return bytes;
}

/** Undefined when the bytes are no whole archive. */
export function readMembers(bytes: Uint8Array): Member[] | undefined {
  const members: Member[] = [];
  const next: { name?: string; target?: string } = {};
  for (let at = 0; at + block <= bytes.length; ) {
    const head = bytes.subarray(at, at + block);
    if (head.every((byte) => byte === 0)) return members;
    if (!sound(head)) return undefined;
    const size = number(head, 124, 12);
    const data = bytes.subarray(at + block, at + block + size);
    if (data.length < size) return undefined;
    at += block + whole(size);
    const flag = String.fromCharCode(head[156]!);
    if (flag === 'L') next.name = text(data, 0, data.length);
    else if (flag === 'K') next.target = text(data, 0, data.length);
    else if (flag === 'x') Object.assign(next, paxNames(data));
    else if (flag !== 'g') {
      members.push(memberOf(head, data, flag, next));
      next.name = next.target = undefined;
    }
  }
  return bytes.length === 0 ? undefined : members;
}

function memberOf(head: Uint8Array, data: Uint8Array, flag: string, next: { name?: string; target?: string }): Member {
  const prefix = text(head, 257, 6) === 'ustar' && head[262] === 0 ? text(head, 345, 155) : '';
  const name = next.name ?? (prefix ? `${prefix}/${text(head, 0, 100)}` : text(head, 0, 100));
  return {
    name,
    kind: kinds[flag] ?? 'file',
    mode: number(head, 100, 8) & 0o7777,
    uid: number(head, 108, 8),
    gid: number(head, 116, 8),
    user: text(head, 265, 32),
    group: text(head, 297, 32),
    mtime: number(head, 136, 12),
    target: next.target ?? text(head, 157, 100),
    data,
  };
}

function paxNames(data: Uint8Array): { name?: string; target?: string } {
  const found: { name?: string; target?: string } = {};
  for (const [, key, value] of decode(data).matchAll(/\d+ (path|linkpath)=([^\n]*)\n/g))
    found[key === 'path' ? 'name' : 'target'] = value;
  return found;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return decode(end < 0 ? field : field.subarray(0, end));
}

function number(bytes: Uint8Array, at: number, length: number): number {
  return Number.parseInt(text(bytes, at, length).trim() || '0', 8) || 0;
}

function sound(head: Uint8Array): boolean {
  const sum = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  return sum === number(head, 148, 8);
}
