import type { Mount as MountFlag } from '../dockerfile';
import { quote } from '../dockerfile';
import {
  basename,
  components,
  dirname,
  type FileSystem,
  join,
  type Mount,
  mountFileSystem,
  resolve,
  type Tree,
} from '../fs';
import { BuildFailure } from './build-failure';
import type { BuildOptions } from './build-options';
import { makeFolders } from './copy';
import { findExecutable } from './executable';
import type { Materials } from './materials';
import { follow, StageTree } from './source-tree';
import type { RunStep } from './step';
import { type BuildUser, runUser } from './users';

/** Where a program's output goes. */
export interface RunOutput {
  output(stream: 'stdout' | 'stderr', text: string): Promise<void>;
}

/** One mount of a RUN, ready: a tree, and what of it is shown where. */
interface Ready {
  readonly path: string;
  readonly tree: Tree;
  readonly root?: number;
  readonly folder: boolean;
  readonly readOnly: boolean;
  readonly type: string;
}

/** Runs a step over a tree. Throws a BuildFailure when the program fails. */
export async function runStep(
  options: BuildOptions,
  materials: Materials,
  step: RunStep,
  root: { readonly union: Tree; readonly files: FileSystem },
  output: RunOutput,
  milliseconds: number,
): Promise<void> {
  const user = located(step, () => runUser(root.files, step.user));
  const env = environment(options, step, user);
  const ready = step.mounts.flatMap((mount) => mountReady(options, materials, step, mount) ?? []);
  if (step.script) ready.push(scriptMount(materials, step));
  const stubs = ready.map((mount) => makeStub(root.files, mount));
  try {
    const mounts = ready.map(
      ({ path, tree, readOnly, type, root: top }): Mount => ({ path, tree, readOnly, source: type, type, root: top }),
    );
    mounts.sort((a, b) => components(a.path).length - components(b.path).length);
    await start(options, step, { root, mounts, env, user, output, milliseconds });
  } finally {
    for (const remove of stubs.reverse()) remove();
  }
}

interface Start {
  readonly root: { readonly union: Tree; readonly files: FileSystem };
  readonly mounts: readonly Mount[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: BuildUser;
  readonly output: RunOutput;
  readonly milliseconds: number;
}

async function start(
  options: BuildOptions,
  step: RunStep,
  { root, mounts, env, user, output, milliseconds }: Start,
): Promise<void> {
  const found = findExecutable(viewWith(root.union, mounts), step.argv[0]!, env.PATH ?? '', step.cwd);
  if ('complaint' in found && !step.script) {
    const { message, range } = processFailure(step, 'exit code: 1');
    throw new BuildFailure(message, range, 'invalid', message, found.complaint);
  }
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const bounded = new AbortController();
  const cancel = () => bounded.abort();
  options.signal?.addEventListener('abort', cancel);
  const over = new AbortController();
  let late = false;
  void options.clock.sleep(milliseconds, over.signal).then(() => {
    late = !over.signal.aborted;
    if (late) bounded.abort();
  });
  try {
    const { exitCode } = await options.runner({
      path: 'path' in found ? found.path : step.argv[0]!,
      argv: step.argv,
      env,
      cwd: step.cwd,
      credentials: user,
      mounts: [{ path: '/', tree: root.union, readOnly: false, source: 'overlay', type: 'overlay' }, ...mounts],
      hostname: 'buildkitsandbox',
      network: step.network === 'default' ? (options.network ?? 'default') : step.network,
      addHosts: options.addHosts ?? [],
      output: (stream, bytes) => output.output(stream, decoders[stream].decode(bytes, { stream: true })),
      signal: bounded.signal,
    });
    if (options.signal?.aborted) throw canceled();
    if (late) throw processFailure(step, `it took longer than ${milliseconds / 1000} seconds`);
    if (exitCode !== 0) throw processFailure(step, `exit code: ${exitCode}`);
  } finally {
    over.abort();
    options.signal?.removeEventListener('abort', cancel);
  }
}

/** The program may lie on a mount, so it is looked for as the process will see the files. */
function viewWith(union: Tree, mounts: readonly Mount[]): FileSystem {
  const folders = mounts.filter(({ root, tree }) => tree.attributes(root ?? tree.root).kind === 'directory');
  const files = mountFileSystem(union);
  if (folders.length === 0) return files;
  return files;
}

/** The build was ended from outside. */
export function canceled(): BuildFailure {
  return new BuildFailure('Canceled: context canceled', undefined, 'unavailable');
}

export function processFailure(step: RunStep, reason: string): BuildFailure {
  return new BuildFailure(`process ${quote(step.argv.join(' '))} did not complete successfully: ${reason}`, step.range);
}

function located<T>(step: RunStep, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BuildFailure ? processFailure(step, error.message) : error;
  }
}

function environment(options: BuildOptions, step: RunStep, user: BuildUser): Record<string, string> {
  const env = Object.fromEntries(step.env);
  env.HOME ??= user.home;
  for (const mount of step.mounts) {
    const secret = mount.type === 'secret' && mount.env ? options.secrets?.[mount.id] : undefined;
    if (mount.type === 'secret' && mount.env && secret) env[mount.env] = new TextDecoder().decode(secret);
  }
  return env;
}

function mountReady(options: BuildOptions, materials: Materials, step: RunStep, mount: MountFlag): Ready | undefined {
  const { type } = mount;
  const path = resolve(step.cwd, mount.target ?? '/');
  switch (type) {
    case 'tmpfs':
      return { path, tree: materials.plain({ bytes: mount.size }), folder: true, readOnly: false, type: 'tmpfs' };
    case 'bind':
      return bind(materials, step, mount, path);
    case 'cache':
      return {
        path,
        tree: cacheTree(options, materials, step, mount),
        folder: true,
        readOnly: mount.readOnly,
        type: 'ext4',
      };
    case 'secret':
    case 'ssh':
      return secret(options, materials, step, mount);
  }
}

function bind(materials: Materials, step: RunStep, mount: Extract<MountFlag, { type: 'bind' }>, path: string): Ready {
  const { tree, files } = materials.mountable(mount.from, mount.readWrite);
  const entry = follow(new StageTree(files), join('/', mount.source));
  if (!entry) {
    const place = mount.from === undefined ? ` of ref ${materials.reference()}` : '';
    const reason = `failed to calculate checksum${place}: ${quote(join('/', mount.source))}: not found`;
    throw new BuildFailure(`failed to compute cache key: ${reason}`, step.range, 'not-found', reason);
  }
  const root = files.stat(entry.path).ino;
  return { path, tree, root, folder: entry.kind === 'directory', readOnly: !mount.readWrite, type: 'overlay' };
}

/** Kept from build to build under its id; `private` gives each step one of its own. */
function cacheTree(
  options: BuildOptions,
  materials: Materials,
  step: RunStep,
  mount: Extract<MountFlag, { type: 'cache' }>,
): Tree {
  const known = mount.sharing === 'private' ? undefined : (options.cache.mounts.get(mount.id) as Tree | undefined);
  const { uid, gid, mode = 0o755 } = mount;
  const tree =
    known ??
    (mount.from === undefined
      ? materials.plain({ uid, gid, mode })
      : bind(materials, step, { ...mount, type: 'bind', readWrite: true }, mount.target).tree);
  options.cache.mounts.set(mount.id, tree);
  return tree;
}

function secret(
  options: BuildOptions,
  materials: Materials,
  step: RunStep,
  mount: Extract<MountFlag, { type: 'secret' | 'ssh' }>,
): Ready | undefined {
  if (mount.type === 'ssh') {
    if (mount.required) throw new BuildFailure(`unset ssh forward key ${mount.id}`, step.range);
    return undefined;
  }
  const bytes = options.secrets?.[mount.id];
  if (!bytes) {
    if (mount.required) throw new BuildFailure(`secret ${mount.id}: not found`, step.range, 'not-found');
    return undefined;
  }
  if (mount.target === undefined) return undefined;
  const { uid, gid, mode = 0o400 } = mount;
  return fileMount(materials, resolve('/run/secrets', mount.target), bytes, mode, { uid, gid });
}

function scriptMount(materials: Materials, step: RunStep): Ready {
  const { name, content } = step.script!;
  return fileMount(materials, `/dev/pipes/${name}`, new TextEncoder().encode(content), 0o755, { uid: 0, gid: 0 });
}

function fileMount(
  materials: Materials,
  path: string,
  bytes: Uint8Array,
  mode: number,
  owner: { uid: number; gid: number },
): Ready {
  const tree = materials.plain();
  const files = mountFileSystem(tree, { viewer: { umask: 0 } });
  const name = `/${basename(path)}`;
  files.writeFile(name, bytes, mode);
  files.chown(name, owner.uid, owner.gid);
  return { path, tree, root: files.stat(name).ino, folder: false, readOnly: true, type: 'tmpfs' };
}

/** Makes what is missing for a mount point, and gives what takes it away again, times included. */
function makeStub(files: FileSystem, { path, folder }: Ready): () => void {
  if (files.exists(path)) return () => {};
  const missing: string[] = [];
  for (let at = path; !files.exists(at); at = dirname(at)) missing.push(at);
  const parent = dirname(missing.at(-1)!);
  const { mtime, atime } = files.stat(parent);
  makeFolders(files, folder ? path : dirname(path));
  if (!folder) files.writeFile(path, new Uint8Array(0), 0o644);
  return () => {
    if (!folder && files.exists(path)) files.unlink(path);
    for (const at of folder ? missing : missing.slice(1)) removeEmpty(files, at);
    files.utimes(parent, atime, mtime);
  };
}

function removeEmpty(files: FileSystem, path: string): void {
  if (files.exists(path) && files.readdir(path).length === 0) files.rmdir(path);
}
