import { type Digest, digestOf } from '../content';
import type { Picked } from './copy';
import { type SourceEntry, type SourceTree, walk } from './source-tree';
import type { CopyStep, RunStep, WorkdirStep } from './step';

const encoder = new TextEncoder();

/** A name for any plain data: equal data, equal name. */
export function keyOf(...parts: readonly unknown[]): Digest {
  return digestOf(encoder.encode(JSON.stringify(parts)));
}

export function runKey(below: string, step: RunStep, mounted: readonly string[]): string {
  const { argv, env, cwd, user, mounts, network, script } = step;
  const secretless = mounts.map((mount) => ({ ...mount }));
  return keyOf('run', below, argv, [...env], cwd, user, secretless, mounted, network, script);
}

export function workdirKey(below: string, { path, user }: WorkdirStep): string {
  return keyOf('workdir', below, path, user);
}

/** Content, mode, owner and place of everything that is copied. Times do not count. */
export function copyKey(below: string, step: CopyStep, tree: SourceTree, picked: readonly Picked[]): string {
  const { copying, destination, parents, unpack } = step;
  const { files, chown, chmodText, exclude } = copying;
  const sources = picked.map(({ path, entry }) => [parents ? path : nameOf(path), entryDigest(tree, entry)]);
  return keyOf('copy', below, sources, files, destination, chown, chmodText, exclude, parents, unpack);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Of one thing and, for a folder, of all that is in it. */
export function entryDigest(tree: SourceTree, entry: SourceEntry): string {
  if (entry.kind !== 'directory') return keyOf(facts(tree, entry));
  const prefix = entry.path === '/' ? 0 : entry.path.length;
  const inner = Array.from(walk(tree, entry.path), (one) => [one.path.slice(prefix), facts(tree, one)]);
  return keyOf(facts(tree, entry), inner);
}

function facts(tree: SourceTree, { path, kind, mode, uid, gid, target }: SourceEntry): readonly unknown[] {
  return [kind, mode, uid, gid, target, kind === 'file' ? digestOf(tree.read(path)) : undefined];
}
