import { describe, expect, it } from 'vitest';
import { MemoryContent } from '../../lib/content';
import { compareNames, type FileSystem, FsError, mountFileSystem, type OpenFlags } from '../../lib/fs';
import { type Change, changeLine, type DiffId, type TarHeader, TarWriter, whiteoutPath } from '../../lib/layer';
import { changedTar, changes, Layers, LowerTree, provenance, Sheet, Union } from '../../lib/snapshot';
import { peerCases } from './peer-cases';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array) => new TextDecoder().decode(content);

let time = 1_800_000_000_000_000_000n;

function over(lower: LowerTree | undefined, sheet?: Sheet): { union: Union; fs: FileSystem } {
  const union = new Union({ lower, now: () => (time += 1_000_000n), ...(sheet && { sheet }) });
  return { union, fs: mountFileSystem(union, { viewer: { umask: 0 } }) };
}

const plain: Omit<TarHeader, 'name' | 'kind' | 'mode'> = { uid: 0, gid: 0, mtime: 1_600_000_000_000_000_000n, size: 0 };

/** `{ 'a/b': 'content', 'c/': null }` as a layer. */
function layerOf(files: Readonly<Record<string, string | null>>): Uint8Array {
  const writer = new TarWriter();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) writer.add({ ...plain, name, kind: 'directory', mode: 0o755 });
    else writer.add({ ...plain, name, kind: 'file', mode: 0o644 }, bytes(content ?? ''));
  }
  return writer.finish();
}

function stack(layers: readonly Uint8Array[]): LowerTree | undefined {
  return layers.reduce<LowerTree | undefined>((below, tar) => new LowerTree(below, tar), undefined);
}

function attempt(action: () => void): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof FsError) return error.errno;
    throw error;
  }
  return undefined;
}

function copyTree(fs: FileSystem, from: string, to: string): void {
  const { kind, mode, uid, gid, mtime } = fs.lstat(from);
  if (kind === 'symlink') fs.symlink(fs.readlink(from), to);
  else if (kind === 'file') fs.writeFile(to, fs.readFile(from), mode);
  else fs.mkdir(to, mode);
  fs.lchown(to, uid, gid);
  if (kind === 'directory') for (const { name } of fs.readdir(from)) copyTree(fs, `${from}/${name}`, `${to}/${name}`);
  fs.lutimes(to, undefined, mtime);
}

function makeFolders(fs: FileSystem, path: string): void {
  const parts = path.split('/');
  for (let end = 1; end <= parts.length; end++) attempt(() => fs.mkdir(parts.slice(0, end).join('/')));
}

function removeTree(fs: FileSystem, path: string): void {
  const folder = fs.lstat(path).kind === 'directory';
  if (folder) for (const { name } of fs.readdir(path)) removeTree(fs, `${path}/${name}`);
  if (folder) fs.rmdir(path);
  else fs.unlink(path);
}

function listTree(fs: FileSystem, path = ''): string[] {
  return fs.readdir(path || '/').flatMap(({ name, kind }) => {
    const inner = `${path}/${name}`;
    return kind === 'directory' ? [`${inner.slice(1)}/`, ...listTree(fs, inner)] : [inner.slice(1)];
  });
}

describe('unionmount', () => {
  interface Op {
    readonly op: string;
    readonly path: string;
    readonly flags?: readonly string[];
    readonly args?: readonly string[];
    readonly err?: string;
    readonly expect?: string;
    readonly expect_read?: string;
    readonly write?: string;
    readonly as_uid?: number;
  }
  type Trace = { readonly suite: string; readonly title: string; readonly line: number; readonly ops: readonly Op[] };
  type Node = { path: string; mode: string; uid: number; gid: number; type: string; content?: string; target?: string };
  const nodes = peerCases<Node[]>('layers/unionmount-lower-tree.json');
  const traces = peerCases<Trace[]>('layers/unionmount-sample.json');
  const kinds = { dir: 'directory', file: 'file', symlink: 'symlink' } as const;

  const lower = () => {
    const writer = new TarWriter();
    writer.add({ ...plain, name: 'mnt/', kind: 'directory', mode: 0o755 });
    for (const { path, mode, uid, gid, type, content, target } of nodes!) {
      const kind = kinds[type as keyof typeof kinds];
      const header = { ...plain, name: path.slice(1), kind, mode: Number(mode), uid, gid, ...(target && { target }) };
      writer.add(header, bytes(content ?? ''));
    }
    return new LowerTree(undefined, writer.finish());
  };

  const flagsOf = (names: readonly string[]): OpenFlags => ({
    read: names.includes('RDONLY') || names.includes('RDWR'),
    write: names.includes('WRONLY') || names.includes('RDWR') || names.includes('APPEND'),
    append: names.includes('APPEND'),
    create: names.includes('CREAT'),
    exclusive: names.includes('EXCL'),
    truncate: names.includes('TRUNC'),
    directory: names.includes('DIRECTORY'),
  });

  function openFile(fs: FileSystem, { path, flags = [], write, expect_read }: Op): void {
    const file = fs.open(path, flagsOf(flags));
    if (write !== undefined) file.write(bytes(write));
    if (expect_read !== undefined) expect(text(file.read(1000))).toBe(expect_read);
    file.close();
  }

  /**
   * The traces were made with overlayfs' redirect_dir, where a folder from below can be renamed. Docker mounts without, so
   * rename(2) answers EXDEV, and mv(1) copies and removes: what the traces expect to see afterwards must be seen all the same.
   */
  function move(fs: FileSystem, from: string, to: string): void {
    try {
      fs.rename(from, to);
    } catch (error) {
      if (!(error instanceof FsError) || error.errno !== 'EXDEV') throw error;
      if (fs.exists(to)) fs.rmdir(to);
      copyTree(fs, from, to);
      removeTree(fs, from);
    }
  }

  const verbs: Record<string, (fs: FileSystem, op: Op) => void> = {
    'open-file': openFile,
    truncate: (fs, { path, args }) => fs.truncate(path, Number(args![0])),
    readlink: (fs, { path, expect: wanted }) => expect(fs.readlink(path)).toBe(wanted),
    mkdir: (fs, { path, args }) => fs.mkdir(path, Number.parseInt(args![0]!, 8)),
    rmdir: (fs, { path }) => fs.rmdir(path),
    unlink: (fs, { path }) => fs.unlink(path),
    link: (fs, { path, args }) => fs.link(path, args![0]!),
    rename: (fs, { path, args }) => move(fs, path, args![0]!),
    rmtree: (fs, { path }) => removeTree(fs, path),
  };

  const bySuite = new Map<string, Trace[]>();
  for (const trace of traces ?? []) bySuite.set(trace.suite, [...(bySuite.get(trace.suite) ?? []), trace]);

  it.runIf(nodes)('has all of its traces', () => expect(traces).toHaveLength(160));

  it.each([...bySuite])('%s', (_, suite) => {
    const { fs } = over(lower());
    for (const { title, line, ops } of suite) {
      for (const op of ops) {
        const view =
          op.as_uid === undefined ? fs : fs.as({ credentials: { uid: op.as_uid, gid: op.as_uid, groups: [] } });
        const found = attempt(() => verbs[op.op]!(view, op));
        expect(found, `${title} (${line}): ${JSON.stringify(op)}`).toBe(op.err);
      }
    }
  });
});

describe('changes', () => {
  interface Entry {
    readonly type: string;
    readonly path: string;
    readonly content?: string;
    readonly target?: string;
    readonly mode?: string;
  }
  interface Case {
    readonly name: string;
    readonly lower: string | readonly Entry[];
    readonly init_layer?: readonly Entry[];
    readonly ops: readonly string[];
    readonly changes: readonly { readonly kind: 'A' | 'C' | 'D'; readonly path: string }[];
  }
  const file = peerCases<{ sample_dir: Entry[]; cases: Case[] }>('layers/changes.json');

  function entriesLayer(entries: readonly Entry[]): Uint8Array {
    const writer = new TarWriter();
    for (const { type, path, content = '', target = '', mode } of entries) {
      if (type === 'dir') writer.add({ ...plain, name: `${path}/`, kind: 'directory', mode: Number(mode ?? '0o755') });
      else if (type === 'symlink') writer.add({ ...plain, name: path, kind: 'symlink', mode: 0o777, target });
      else writer.add({ ...plain, name: path, kind: 'file', mode: Number(mode ?? '0o644') }, bytes(content));
    }
    return writer.finish();
  }

  let previous: readonly Entry[] = [];
  function lowerOf({ lower, init_layer }: Case): LowerTree | undefined {
    if (typeof lower !== 'string') previous = lower;
    else if (lower.startsWith('sample_dir')) previous = file!.sample_dir;
    else if (lower.startsWith('any')) previous = [];
    const more =
      lower === 'sample_dir + dir dir1/subfolder 0740' ? [{ type: 'dir', path: 'dir1/subfolder', mode: '0o740' }] : [];
    return stack([entriesLayer([...previous, ...more]), ...(init_layer ? [entriesLayer(init_layer)] : [])]);
  }

  /** `write PATH "TEXT" [MODE]`, `rm [-r] PATH`, `mkdir PATH [MODE]`, `touch PATH (+1s)`, `symlink TARGET PATH`, `chmod`, `echo`. */
  function run(fs: FileSystem, line: string): void {
    const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) =>
      quoted === undefined ? bare! : quoted.replace(/\\n/g, '\n').replace(/\\0/g, '\0'),
    );
    const [verb, first = '', second = '', third] = words;
    if (verb === 'write' || verb === 'create') {
      fs.writeFile(first, bytes(second));
      if (third !== undefined) fs.chmod(first, Number.parseInt(third, 8));
    } else if (verb === 'rm') removeTree(fs, first === '-r' ? second : first);
    else if (verb === 'mkdir') fs.mkdir(first, second === '' ? 0o755 : Number.parseInt(second, 8));
    else if (verb === 'touch') fs.utimes(first, undefined, fs.stat(first).mtime + 1_000_000_000n);
    else if (verb === 'symlink') fs.symlink(first, second);
    else if (verb === 'chmod') fs.chmod(second, Number.parseInt(first, 8));
    else if (verb === 'echo') fs.writeFile(words[3]!, bytes(`${first}\n`));
    else throw new Error(`the case asks for "${verb}"`);
  }

  it.each(file?.cases ?? [])('$name', (one) => {
    const lower = lowerOf(one);
    const { union, fs } = over(lower);
    for (const line of one.ops.flatMap((op) => op.split('; '))) run(fs, line);
    const found = changes(lower, union.sheet).map(changeLine).sort();
    // A folder above a change is a change too, for Docker on overlay2; two of the cases compare plain folders, where it is not.
    const above = found.filter((line) =>
      one.changes.some(({ path }) => line.startsWith('C ') && path.startsWith(`${line.slice(2)}/`)),
    );
    const wanted = new Set([
      ...one.changes.map(({ kind, path }) => `${kind} ${path}`),
      ...(one.name.includes('GH13590') ? above : []),
    ]);
    expect(found).toEqual([...wanted].sort());
  });
});

describe('apply-whiteouts', () => {
  const file = peerCases<{ steps: { change: string[]; expected: string[] }[] }>('layers/apply-whiteouts.json');
  const layers: Uint8Array[] = [];

  it.each(file?.steps.map((step, at) => ({ at, ...step })) ?? [])('after layer $at', ({ change, expected }) => {
    layers.push(layerOf(Object.fromEntries(change.map((path) => [path, null]))));
    expect(listTree(over(stack(layers)).fs).sort(compareNames)).toEqual([...expected].sort(compareNames));
  });
});

describe('whiteout', () => {
  it.each(peerCases<{ name: string; path: string; error: boolean }[]>('layers/whiteout.json') ?? [])(
    '$name',
    ({ path, error }) => {
      if (error) expect(() => whiteoutPath(path)).toThrow();
      if (error) return;
      const hidden = stack([layerOf({ [path]: 'x' }), layerOf({ [whiteoutPath(path)]: null })]);
      expect(over(hidden).fs.exists(`/${path}`)).toBe(false);
    },
  );
});

describe('opaque-whiteout', () => {
  interface Dentry {
    readonly path: string;
    readonly type: string;
    readonly target?: string;
    readonly upper: boolean;
    readonly survives: boolean;
  }
  const cases =
    peerCases<{ cases: { name: string; dentries: Dentry[] }[] }>('layers/opaque-whiteout.json')?.cases ?? [];
  const kinds: Record<string, TarHeader['kind']> = { dir: 'directory', file: 'file', symlink: 'symlink', fifo: 'fifo' };

  function layer(dentries: readonly Dentry[], opaqueAt: number): Uint8Array {
    const writer = new TarWriter();
    const opaque = () => writer.add({ ...plain, name: 'dir/.wh..wh..opq', kind: 'file', mode: 0o644 });
    writer.add({ ...plain, name: 'dir/', kind: 'directory', mode: 0o755 });
    dentries.forEach(({ path, type, target }, at) => {
      if (at === opaqueAt) opaque();
      const kind = kinds[type]!;
      const header = { ...plain, name: `dir/${path}`, kind, mode: 0o755, ...(target !== undefined && { target }) };
      writer.add(header);
    });
    if (opaqueAt >= dentries.length) opaque();
    return writer.finish();
  }

  it.each(cases)('$name, the mark first, in the middle and last', ({ dentries }) => {
    const [below, above] = [dentries.filter(({ upper }) => !upper), dentries.filter(({ upper }) => upper)];
    for (const at of [0, Math.floor(above.length / 2), above.length]) {
      const { fs } = over(stack([layer(below, -1), layer(above, at)]));
      const seen = new Set(listTree(fs).map((path) => path.replace(/\/$/, '')));
      // A whiteout that stands beside what it names says nothing of its own layer, and is itself never seen.
      const shown = (dentry: Dentry) => dentry.survives && !dentry.path.includes('.wh.');
      for (const dentry of dentries) expect(seen.has(`dir/${dentry.path}`), dentry.path).toBe(shown(dentry));
      expect(seen.size).toBe(new Set(dentries.filter(shown).map(({ path }) => path)).size + 1);
    }
  });
});

describe('dir-ops', () => {
  type Files = Readonly<Record<string, string | null>>;
  interface Case {
    readonly name: string;
    readonly lower?: readonly Files[];
    readonly upper?: Files;
    readonly opaque?: readonly string[];
    readonly ops?: readonly string[];
    readonly expect?: Readonly<Record<string, string>>;
    readonly absent?: readonly string[];
    readonly dirs?: readonly string[];
    readonly ls?: Readonly<Record<string, readonly string[]>>;
    readonly upper_whiteouts?: readonly string[];
  }
  const cases = peerCases<{ cases: Case[] }>('layers/dir-ops.json')?.cases ?? [];

  /**
   * The kernel's overlayfs, which Docker uses, shows one link for a folder that is merged from below and above, where
   * fuse-overlayfs counts; and the true count for a folder that is only in one place.
   */
  const kernelLinks = (union: Union, path: string, wanted: number) =>
    union.sheet.lower && union.sheet.nodes.get(union.lookup(union.root, path)!)?.below ? 1 : wanted;

  function run(union: Union, fs: FileSystem, op: string): void {
    const at = fs.as({ cwd: '/' });
    const names = (path: string) => at.readdir(path).map(({ name }) => name);
    const [, verb = '', rest = ''] =
      /^(stat|mkdir -p|mkdir|rmdir|rm -rf|rm -r|rm|ls -A|ls|touch|echo|!) (.*)$/.exec(op) ?? [];
    const [first = '', second = ''] = rest.split(' ');
    if (verb === 'stat') expect(at.stat(first).nlink).toBe(kernelLinks(union, first, Number(second.split('==')[1])));
    else if (verb === 'mkdir -p') makeFolders(at, rest);
    else if (verb === 'mkdir') at.mkdir(first);
    else if (verb === 'rmdir') at.rmdir(first);
    else if (verb.startsWith('rm')) removeTree(at, first);
    else if (verb === 'ls -A') expect(names(first)).toEqual(rest.endsWith('(empty)') ? [] : [rest.split(' == ')[1]]);
    else if (verb === 'ls') expect(names(first.split('|')[0]!)).toHaveLength(Number(rest.split(' == ')[1]));
    else if (verb === 'touch') at.writeFile(first, bytes(''));
    else if (verb === 'echo') at.writeFile(rest.split(' > ')[1]!, bytes(`${first}\n`));
    else if (verb === '!') expect(attempt(() => at.rmdir(second))).toBe('ENOTEMPTY');
    else throw new Error(`the case asks for "${op}"`);
  }

  it.each(cases)('$name', (one) => {
    const marks = Object.fromEntries((one.opaque ?? []).map((path) => [`${path}/.wh..wh..opq`, null]));
    const above = { ...one.upper, ...marks };
    const lower = stack([...(one.lower ?? []), ...(Object.keys(above).length > 0 ? [above] : [])].map(layerOf));
    let { union, fs } = over(lower);
    for (const op of (one.ops ?? []).flatMap((line) => line.split(' && '))) {
      if (op !== 'REMOUNT') run(union, fs, op);
      else {
        const sheet = new Sheet(lower);
        sheet.apply(union.sheet.serialise());
        ({ union, fs } = over(lower, sheet));
      }
    }
    for (const [path, content] of Object.entries(one.expect ?? {})) expect(text(fs.readFile(`/${path}`))).toBe(content);
    for (const path of one.absent ?? []) expect(fs.exists(`/${path}`), path).toBe(false);
    for (const path of one.dirs ?? []) expect(fs.stat(`/${path}`).kind).toBe('directory');
    for (const [path, names] of Object.entries(one.ls ?? {}))
      expect(fs.readdir(`/${path}`).map(({ name }) => name)).toEqual(names);
    for (const path of one.upper_whiteouts ?? []) {
      expect(provenance(lower, union.sheet, path).seen).toMatchObject({ layer: 'sheet', kind: 'whiteout' });
    }
  });
});

describe('graphtest', () => {
  const scenarios = peerCases<{ scenarios: { name: string; params?: number[]; changes?: Change[] }[] }>(
    'layers/graphtest.json',
  );
  const named = (name: string) => scenarios!.scenarios.find((scenario) => scenario.name === name)!;
  const path = (at: number) => `directory-${Math.floor(at / 100_000)}/file-${at}`;
  const content = (seed: number) =>
    String.fromCharCode(...Array.from({ length: 64 }, (_, at) => 33 + ((seed * 31 + at * 7) % 90)));
  const commit = (union: Union) => changedTar(union.sheet);

  it.runIf(scenarios)('CreateEmpty', () => {
    const { fs } = over(undefined);
    expect(fs.stat('/')).toMatchObject({ kind: 'directory', mode: 0o755, uid: 0, gid: 0 });
    expect(fs.readdir('/')).toEqual([]);
  });

  it.runIf(scenarios)('CreateBase, CreateSnap', () => {
    const { union, fs } = over(undefined);
    fs.mkdir('/a subdir', 0o705);
    fs.chown('/a subdir', 1, 2);
    fs.chmod('/a subdir', 0o1705);
    fs.writeFile('/a file', bytes('Some data'));
    fs.chmod('/a file', 0o4222);
    for (const view of [fs, over(stack([commit(union)])).fs]) {
      expect(view.stat('/a subdir')).toMatchObject({ kind: 'directory', mode: 0o1705, uid: 1, gid: 2 });
      expect(view.stat('/a file')).toMatchObject({ kind: 'file', mode: 0o4222, uid: 0, gid: 0 });
      expect(text(view.readFile('/a file'))).toBe('Some data');
      expect(view.readdir('/')).toHaveLength(2);
    }
  });

  it.each(scenarios ? named('DeepLayerRead').params! : [])('DeepLayerRead through %i layers', (depth) => {
    const layers = [layerOf({ 'testfile.txt': 'test content' })];
    const ids = Array.from({ length: depth + 1 }, (_, at) => `id-${at}`);
    for (let at = 1; at <= depth; at++) {
      layers.push(
        layerOf({ 'top-id': ids[at]!, [`layer-${at}/layer-id`]: ids[at]!, [`layer-${at}/parent-id`]: ids[at - 1]! }),
      );
    }
    const store = new MemoryContent();
    const { fs } = over(new Layers(store).lower(layers.map((tar) => store.put(tar) as DiffId)));
    let current = text(fs.readFile('/top-id'));
    expect(current).toBe(ids[depth]);
    for (let at = depth; at >= 1; at--) {
      expect(text(fs.readFile(`/layer-${at}/layer-id`))).toBe(current);
      current = text(fs.readFile(`/layer-${at}/parent-id`));
    }
    expect(text(fs.readFile('/testfile.txt'))).toBe('test content');
  });

  it.each(scenarios ? named('DiffApply').params! : [])('DiffApply of %i files', (count) => {
    const files: Record<string, string | null> = { 'file-remove.txt': 'x', 'var/lib/': null };
    for (let at = 0; at < count; at++) files[path(at)] = content(3 + at);
    const base = layerOf(files);
    const { union, fs } = over(stack([base]));
    for (let at = 0; at < count; at++) fs.writeFile(`/${path(at)}`, bytes(content(6 + at)));
    fs.unlink('/file-remove.txt');
    removeTree(fs, '/var/lib');
    const applied = over(stack([base, commit(union)]));
    expect(union.sheet.size).toBe(64 * count);
    for (let at = 0; at < count; at++) expect(text(applied.fs.readFile(`/${path(at)}`))).toBe(content(6 + at));
    expect(applied.fs.exists('/file-remove.txt')).toBe(false);
    expect(applied.fs.exists('/var/lib')).toBe(false);
  });

  it.runIf(scenarios)('Changes', () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [path(at), content(3 + at)]));
    const lower = stack([layerOf(files)]);
    const { union, fs } = over(lower);
    for (let at = 0; at < 20; at++) {
      if (at % 3 === 0) fs.writeFile(`/${path(at)}`, bytes(content(6 + at)));
      else if (at % 3 === 1) fs.writeFile(`/directory-0/file-6-${at}`, bytes(content(6 + at)));
      else fs.unlink(`/${path(at)}`);
    }
    const wanted = named('Changes').changes!.map(({ kind, path }) => `${kind} ${path}`);
    expect(changes(lower, union.sheet).map(changeLine).sort()).toEqual(wanted.sort());
  });
});
