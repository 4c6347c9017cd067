import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryContent } from '../../lib/content';
import { type FileSystem, mountFileSystem } from '../../lib/fs';
import {
  archiveFiles,
  ContentSink,
  type Image,
  imageOf,
  importArchive,
  loadArchive,
  loadFiles,
  makeImage,
  parseImageName,
  saveArchive,
} from '../../lib/image';
import { changeLine, type DiffId, gzip, readLayer, readTar } from '../../lib/layer';
import { changedTar, changes, exportTar, Layers, LowerTree, Union } from '../../lib/snapshot';
import { layerTars, makeOurs } from '../differential/ours';
import { type Step, sequence } from '../differential/sequence';
import { everyKind, work, workedImage, workScript } from './images';
import { docker, folderPicture, root, run, runBytes, skopeo, umoci } from './tools';

const now = () => 1_800_000_000_000_000_000n;
let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'interop-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const content = new MemoryContent();
const image = workedImage(content, [everyKind()], (union) => changedTar(union.sheet));
const saved = [{ image, references: [parseImageName('dockerland-interop:1')] }];

function filesOf(store: MemoryContent, of: Image): FileSystem {
  return mountFileSystem(new Union({ lower: new Layers(store).lower(of.config.rootfs.diff_ids), now }), {
    viewer: { umask: 0 },
  });
}

/** As `folderPicture`. */
function picture(fs: FileSystem, base = ''): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const { name, kind } of fs.readdir(base || '/')) {
    const path = `${base}/${name}`;
    const { mode, uid, gid, mtime } = fs.lstat(path);
    const file =
      kind === 'file' ? Buffer.from(fs.readFile(path)).toString('base64') : kind === 'symlink' ? fs.readlink(path) : '';
    seen[path] = [kind, mode.toString(8), uid, gid, mtime / 1_000_000_000n, file].join(' ');
    if (kind === 'directory') Object.assign(seen, picture(fs, path));
  }
  return seen;
}

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

function writeLayout(name: string): string {
  for (const { path, bytes } of archiveFiles(saved, 'oci')) {
    write(join(name, path), typeof bytes === 'string' ? content.get(bytes)! : bytes);
  }
  return join(folder, name);
}

describe.runIf(skopeo)('skopeo', () => {
  it.each([
    ['docker-archive', 'docker'],
    ['docker-archive', 'legacy'],
    ['oci-archive', 'oci'],
  ] as const)('inspects our %s (form %s)', (transport, form) => {
    const file = write(`${form}.tar`, saveArchive(content, saved, form));
    const told = JSON.parse(run('skopeo', 'inspect', `${transport}:${file}`)) as {
      Layers: string[];
      Labels: unknown;
      Created: string;
    };
    expect(told.Layers).toEqual([...image.config.rootfs.diff_ids]);
    expect(told.Labels).toEqual({ a: '1', b: '<2>' });
    const config = run('skopeo', 'inspect', '--config', '--raw', `${transport}:${file}`);
    expect(config.trimEnd()).toBe(new TextDecoder().decode(content.get(image.configDigest)));
  });

  it.each(['gzip', 'zstd'])(
    'copies our archive to a layout with %s layers, which we read with the same id',
    (format) => {
      const file = write('copy.tar', saveArchive(content, saved, 'oci'));
      const layout = join(folder, `layout-${format}`);
      run(
        'skopeo',
        'copy',
        '--dest-compress',
        '--dest-compress-format',
        format,
        `oci-archive:${file}`,
        `oci:${layout}:1`,
      );
      const store = new MemoryContent();
      const [found] = loadFiles(store, (path) =>
        existsSync(join(layout, path)) ? readFileSync(join(layout, path)) : undefined,
      );
      expect(found!.image.imageId).toBe(image.imageId);
      expect(found!.image.manifestDigest).toBe(image.manifestDigest);
      expect(picture(filesOf(store, found!.image))).toEqual(picture(filesOf(content, image)));
    },
  );

  it('copies our layout folder to an archive, which we read as it streams by', async () => {
    const file = join(folder, 'back.tar');
    run('skopeo', 'copy', `oci:${writeLayout('ours')}`, `oci-archive:${file}`);
    const store = new MemoryContent();
    const [found] = await importArchive(createReadStream(file), new ContentSink(store));
    expect(found!.image.imageId).toBe(image.imageId);
  });
});

describe.runIf(umoci && root)('umoci', () => {
  it('unpacks our layout to the very files that we see', () => {
    const layout = writeLayout('unpack');
    const tag = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as {
      manifests: { annotations: Record<string, string> }[];
    };
    const name = tag.manifests[0]!.annotations['org.opencontainers.image.ref.name'];
    run('umoci', 'unpack', '--image', `${layout}:${name}`, join(folder, 'bundle'));
    const theirs = folderPicture(join(folder, 'bundle', 'rootfs'));
    expect(picture(filesOf(content, image))).toEqual(theirs);
  });
});

describe.runIf(docker)('Docker Engine', () => {
  const tag = `dockerland-interop:${process.pid}`;
  const name = `dockerland-interop-${process.pid}`;
  const store = new MemoryContent();
  let ours: Image;
  afterAll(() => {
    for (const each of [name, `${name}-2`]) run('sh', '-c', `docker rm -f ${each} >/dev/null 2>&1 || true`);
    for (const each of ['', '-base', '-commit', '-import'])
      run('sh', '-c', `docker rmi -f ${tag}${each} >/dev/null 2>&1 || true`);
  });

  it('has its archives read by us, with the same id and contents', async () => {
    const archive = write('busybox.tar', runBytes('docker', 'save', 'busybox:latest'));
    const id = run('docker', 'image', 'inspect', '-f', '{{.Id}}', 'busybox:latest').trim();
    const [busybox] = loadArchive(store, readFileSync(archive));
    expect(busybox!.image.imageId).toBe(id);
    const streamed = new MemoryContent();
    const [again] = await importArchive(createReadStream(archive), new ContentSink(streamed));
    expect(again).toEqual(busybox);
    const layers = [...busybox!.image.config.rootfs.diff_ids.map((diffId) => store.get(diffId)!), everyKind()];
    ours = workedImage(store, layers, (union) => changedTar(union.sheet));
  });

  it.each(['docker', 'legacy'] as const)(
    'loads what we save in the form %s, reports the same id, and runs it',
    (form) => {
      const file = write(
        `load-${form}.tar`,
        saveArchive(store, [{ image: ours, references: [parseImageName(tag)] }], form),
      );
      run('docker', 'load', '-i', file);
      expect(run('docker', 'image', 'inspect', '-f', '{{.Id}}', tag).trim()).toBe(ours.imageId);
      expect(run('docker', 'run', '--rm', tag)).toBe('now a folder\n');
      run('docker', 'rmi', tag);
    },
  );

  it('loads our archive when gzip has packed it, and saves it again as it was', () => {
    run(
      'docker',
      'load',
      '-i',
      write('load.tar.gz', gzip(saveArchive(store, [{ image: ours, references: [parseImageName(tag)] }]))),
    );
    const [back] = loadArchive(new MemoryContent(), runBytes('docker', 'save', tag));
    expect(back!.image).toEqual(ours);
  });

  it('prints the same diff after the same work, and commits the same layer but for times', () => {
    const below = { ...ours, diffIds: ours.config.rootfs.diff_ids.slice(0, -1) };
    const lower = new Layers(store).lower(below.diffIds)!;
    const base = workedBase(store, ours);
    run(
      'docker',
      'load',
      '-i',
      write('base.tar', saveArchive(store, [{ image: base, references: [parseImageName(`${tag}-base`)] }])),
    );
    run('docker', 'run', '--name', name, `${tag}-base`, 'sh', '-c', workScript);
    const theirs = run('docker', 'diff', name).trimEnd().split('\n').sort();
    const union = new Union({ lower, now });
    work(mountFileSystem(union, { viewer: { umask: 0 } }));
    expect(theirs).toContain('A /made/deep/file');
    expect(changes(lower, union.sheet).map(changeLine).sort()).toEqual(theirs);

    run('docker', 'commit', name, `${tag}-commit`);
    const committed = new MemoryContent();
    const [loaded] = loadArchive(committed, runBytes('docker', 'save', `${tag}-commit`));
    const layer = committed.get(loaded!.image.config.rootfs.diff_ids.at(-1)!)!;
    // The runtime writes a few mount points below /etc and /dev of every container; they are none of the work's.
    const names = (tar: Uint8Array) =>
      [...listed(tar)].filter((line) => !/^(directory|file) \S+ (dev|etc|proc|sys)\b/.test(line));
    expect(names(changedTar(union.sheet))).toEqual(names(layer));
  });

  it('prints the same diff after random work', () => {
    const layers = [...ours.config.rootfs.diff_ids.slice(0, 1).map((diffId) => store.get(diffId)!), ...layerTars];
    const diffIds = layers.map((layer) => store.put(layer) as DiffId);
    const base = makeImage(store, { diffIds, config: { Cmd: ['sh'], Env: ['PATH=/bin'] }, history: [] });
    run(
      'docker',
      'load',
      '-i',
      write('random.tar', saveArchive(store, [{ image: base, references: [parseImageName(`${tag}-base`)] }])),
    );
    const lower = new Layers(store).lower(diffIds)!;
    let printed = 0;
    for (let seed = 1; seed <= Number(process.env.SEQUENCES ?? 12); seed++) {
      const mine = makeOurs(lower);
      const lines = sequence(seed, 60).flatMap((step) => {
        const line = mayRun(mine.fs, step) ? shellLine(step) : undefined;
        if (line !== undefined) mine.run(step);
        return line === undefined ? [] : [`{ ${line}; } 2>/dev/null || true`];
      });
      run('sh', '-c', `docker rm -f ${name} >/dev/null 2>&1 || true`);
      run('docker', 'run', '--name', name, `${tag}-base`, 'sh', '-c', ['umask 0', ...lines].join('\n'));
      const theirs = run('docker', 'diff', name).trimEnd().split('\n').filter(Boolean).sort();
      expect(changes(lower, mine.union.sheet).map(changeLine).sort(), `seed ${seed}`).toEqual(theirs);
      printed += theirs.length;
    }
    expect(printed).toBeGreaterThan(100);
  });

  it('exports what we read as the files that we see', () => {
    run('docker', 'create', '--name', `${name}-2`, tag);
    const tar = runBytes('docker', 'export', `${name}-2`);
    const theirs = mountFileSystem(new Union({ lower: new LowerTree(undefined, tar), now }));
    const wanted = picture(filesOf(store, ours));
    const seen = picture(theirs);
    const docks = /^\/(dev|etc|proc|sys|\.dockerenv)(\/|$)/;
    const but = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => !docks.test(path)));
    expect(but(seen)).toEqual(but(wanted));
  });

  it('imports what we export', () => {
    const file = write(
      'export.tar',
      exportTar(new Union({ lower: new Layers(store).lower(ours.config.rootfs.diff_ids), now })),
    );
    run('docker', 'import', file, `${tag}-import`);
    const [loaded] = loadArchive(new MemoryContent(), runBytes('docker', 'save', `${tag}-import`));
    const again = new MemoryContent();
    const { diff_ids } = loaded!.image.config.rootfs;
    expect(diff_ids).toEqual([again.put(readFileSync(file))]);
    readLayer(readFileSync(file));
  });
});

/** `mv` and `ln` go into a folder that stands at their target, and `mv` copies where rename(2) may not: left out. */
function mayRun(fs: FileSystem, step: Step): boolean {
  if (step.uid !== 0 || step.path.endsWith('/')) return false;
  const folder = (path: string) => fs.exists(path) && fs.lstat(path).kind === 'directory';
  return step.verb !== 'rename' || !(folder(step.path) || fs.exists(step.other) || step.other.endsWith('/'));
}

/** The step as a line of sh for busybox; undefined for those that change nothing or have no such line. */
function shellLine(step: Step): string | undefined {
  switch (step.verb) {
    case 'write':
      return `printf '${step.text}' > ${step.path}`;
    case 'append':
      return `[ -e ${step.path} ] && printf '${step.text}' >> ${step.path}`;
    case 'truncate':
      return `truncate -c -s ${step.number} ${step.path}`;
    case 'chmod':
      return `chmod ${step.number.toString(8)} ${step.path}`;
    case 'mkdir':
      return `mkdir -m ${step.number.toString(8)} ${step.path}`;
    case 'utimes':
      return `touch -c -h -d @${step.number} ${step.path}`;
    case 'rmdir':
      return `rmdir ${step.path}`;
    case 'unlink':
      return `rm -f ${step.path}`;
    case 'rename':
      return `mv ${step.path} ${step.other}`;
    case 'symlink':
      return `ln -s -T ${step.other} ${step.path}`;
    case 'chown':
      return `chown -h ${step.owner}:${step.group} ${step.path}`;
    default:
      return undefined;
  }
}

/** The image without its top layer. */
function workedBase(store: MemoryContent, of: Image): Image {
  const config = {
    ...of.config,
    rootfs: { ...of.config.rootfs, diff_ids: of.config.rootfs.diff_ids.slice(0, -1) },
    history: [],
  };
  const bytes = new TextEncoder().encode(JSON.stringify(config));
  return imageOf(store, bytes);
}

/** What a layer's tar lists, times left out. */
function* listed(tar: Uint8Array): Generator<string> {
  for (const { kind, mode, name, uid, gid, size, target } of readTar(tar)) {
    // Docker leaves the name of a shared whiteout inode in the header of the next one; it means nothing there.
    const link = kind === 'file' ? '' : (target ?? '');
    yield [kind, mode.toString(8), name, uid, gid, size, link].join(' ');
  }
}
