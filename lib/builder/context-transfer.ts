import { isRemote, PatternError } from '../dockerfile';
import { compareNames, dirname, join } from '../fs';
import { BuildFailure } from './build-failure';
import type { BuildLimits } from './build-options';
import { byteSize } from './byte-size';
import { follow, hasWildcards, matchPaths, type SourceEntry, type SourceTree, walk } from './source-tree';
import type { StagePlan } from './stage-plan';
import type { Step } from './step';
import { transferSize } from './transfer';

/** The paths of the context that a step asks for; undefined: it does not use the context. */
function wantedPaths(step: Step): readonly string[] | undefined {
  if (step.kind === 'copy') {
    if (step.from !== undefined) return undefined;
    const sources = step.copying.sources.filter((source) => !isRemote(source));
    return sources.length > 0 ? sources : undefined;
  }
  if (step.kind !== 'run') return undefined;
  const binds = step.mounts.filter((mount) => mount.type === 'bind' && mount.from === undefined);
  return binds.length > 0 ? binds.map((mount) => (mount.type === 'bind' ? mount.source : '')) : undefined;
}

/** All paths of the context that the stages ask for; undefined: nobody asks. */
export function contextPaths(plans: readonly StagePlan[]): readonly string[] | undefined {
  const asked = plans.flatMap(({ steps }) => steps).map(wantedPaths);
  return asked.some((paths) => paths) ? asked.flatMap((paths) => paths ?? []) : undefined;
}

/** What is sent for these paths, in the order of a walk. Bounded. */
export function sentEntries(context: SourceTree, paths: readonly string[], limits: BuildLimits): SourceEntry[] {
  const entries = new Map<string, SourceEntry>();
  const add = (entry: SourceEntry) => {
    if (entry.path !== '/') entries.set(entry.path, entry);
    if (entries.size > limits.files) {
      throw new BuildFailure(`the build context has more than ${limits.files} files`, undefined, 'exhausted');
    }
  };
  for (const path of new Set(paths)) {
    for (const found of matched(context, path, paths)) addWithParents(context, found, add);
  }
  const sorted = [...entries.values()].sort((a, b) => comparePaths(a.path, b.path));
  const bytes = sorted.reduce((sum, { kind, size }) => sum + (kind === 'file' ? size : 0), 0);
  if (bytes > limits.bytes) {
    const most = byteSize(limits.bytes);
    throw new BuildFailure(`the build context is ${byteSize(bytes)}, more than ${most}`, undefined, 'exhausted');
  }
  return sorted;
}

function matched(context: SourceTree, path: string, all: readonly string[]): readonly string[] {
  if (!hasWildcards(path)) return [join('/', path)];
  try {
    return matchPaths(context, join('/', path));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new BuildFailure(badPatterns(all));
  }
}

/** What the sending side says of patterns that it cannot read. */
export function badPatterns(paths: readonly string[]): string {
  const reason = `invalid includepatterns: [${[...paths].sort().join(' ')}]: syntax error in pattern`;
  return `rpc error: code = Unknown desc = ${reason}`;
}

function addWithParents(context: SourceTree, path: string, add: (entry: SourceEntry) => void): void {
  const link = follow(context, path, true);
  const entry = follow(context, path);
  if (!entry) return;
  if (link?.kind === 'symlink') add(link);
  add(entry);
  for (let at = dirname(entry.path); at !== '/'; at = dirname(at)) add(context.entry(at)!);
  if (entry.kind === 'directory') for (const inner of walk(context, entry.path)) add(inner);
}

function comparePaths(a: string, b: string): number {
  return compareNames(a.replaceAll('/', '\0'), b.replaceAll('/', '\0'));
}

/** How many bytes that takes, and which files were not sent before in this form. Remembers them. */
export function sendContext(entries: readonly SourceEntry[], sent: Map<string, string>): number {
  const form = ({ kind, mode, size, mtime }: SourceEntry) => `${kind} ${mode} ${size} ${mtime}`;
  const size = transferSize(entries, (entry) => sent.get(entry.path) !== form(entry));
  for (const entry of entries) sent.set(entry.path, form(entry));
  return size;
}
