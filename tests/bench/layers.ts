// npm run bench -- layers [--json] [--no-docker]: what layers, archives and sheets cost, beside sha256sum and a real engine.
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { MemoryContent } from '../../lib/content';
import { type FileSystem, mountFileSystem } from '../../lib/fs';
import {
  ContentSink,
  exportArchive,
  type Image,
  importArchive,
  makeImage,
  parseImageName,
  saveArchive,
} from '../../lib/image';
import { type DiffId, type TarHeader, TarWriter } from '../../lib/layer';
import { changes, Layers, Union } from '../../lib/snapshot';

const json = process.argv.includes('--json');
const folder = mkdtempSync(join(tmpdir(), 'bench-layers-'));
const encoder = new TextEncoder();
const plain: TarHeader = {
  name: '',
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 1_700_000_000_000_000_000n,
  size: 0,
};
let time = 1_800_000_000_000_000_000n;
const now = () => (time += 1_000n);

const docker =
  !process.argv.includes('--no-docker') && spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0;
if (!docker) console.warn('SKIPPED: no comparison with a real engine: `docker version` fails here.');

const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));
const round = (value: number) => rounded(value);

/** The best of some runs, in milliseconds: what the work costs when nothing else is in the way. */
async function best(runs: number, work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Content that does not repeat, quickly made. */
function noise(size: number, seed: number): Uint8Array {
  const words = new Uint32Array(size / 4);
  let state = seed | 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer);
}

function layerOf(files: Iterable<readonly [string, Uint8Array]>): Uint8Array {
  const writer = new TarWriter();
  for (const [name, data] of files) writer.add({ ...plain, name }, data);
  return writer.finish();
}

function imageOf(content: MemoryContent, layers: readonly Uint8Array[]): Image {
  const diffIds = layers.map((layer) => content.put(layer) as DiffId);
  return makeImage(content, { diffIds, config: { Cmd: ['/bin/sh'] }, history: [], created: '2026-01-05T09:00:00Z' });
}

async function archives() {
  const content = new MemoryContent();
  const layers = [1, 2, 3, 4].map((seed) =>
    layerOf(
      Array.from({ length: 50 }, (_, at) => [`data/${seed}/file-${at}`, noise(2 ** 20, seed * 1000 + at)] as const),
    ),
  );
  const image = imageOf(content, layers);
  const saved = [{ image, references: [parseImageName('dockerland-bench-layers:1')] }];
  const file = join(folder, 'image.tar');
  writeFileSync(file, saveArchive(content, saved));
  const megabytes = statSync(file).size / 1e6;
  const speed = (ms: number) => round(megabytes / (ms / 1000));
  const read = () => createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>;

  const sha = await best(3, () => execFileSync('sha256sum', [file]));
  const bring = await best(3, () => importArchive(read(), new ContentSink(new MemoryContent())));
  const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  global.gc?.();
  const before = held();
  let peak = before;
  const nowhere = {
    begin: () => ({ write: () => void (peak = Math.max(peak, held())), end: () => {} }),
    commit: () => {},
    abort: () => {},
  };
  await importArchive(read(), nowhere);
  const out = join(folder, 'out.tar');
  const send = await best(3, () =>
    pipeline(
      exportArchive((digest) => [content.get(digest)!], saved),
      createWriteStream(out),
    ),
  );
  return {
    archiveMB: round(megabytes),
    importMBs: speed(bring),
    exportMBs: speed(send),
    sha256sumMBs: speed(sha),
    importOfSha256: round(sha / bring),
    importExtraMemoryMB: round((peak - before) / 1e6),
    ...(docker && (await dockerArchives(file, speed))),
  };
}

async function dockerArchives(file: string, speed: (ms: number) => number) {
  const name = 'dockerland-bench-layers:1';
  const load = await best(1, () => execFileSync('docker', ['load', '-q', '-i', file]));
  const save = await best(2, () => execFileSync('docker', ['save', '-o', join(folder, 'docker.tar'), name]));
  execFileSync('docker', ['rmi', name]);
  return { dockerLoadMBs: speed(load), dockerSaveMBs: speed(save) };
}

const tenChanges = (fs: FileSystem, salt: string) => {
  for (let at = 0; at < 4; at++) fs.writeFile(`/dir-${at}/new-${at}`, encoder.encode(`made by ${salt}\n`));
  for (let at = 4; at < 8; at++) fs.appendFile(`/dir-${at}/file-${at}`, encoder.encode(salt));
  fs.unlink('/dir-9/file-1');
  fs.chmod('/dir-9/file-2', 0o600);
};

function manyFiles(count: number): Uint8Array {
  const data = encoder.encode('a small file of an image\n');
  return layerOf(
    Array.from({ length: count }, (_, at) => [`dir-${Math.floor(at / 100)}/file-${at % 100}`, data] as const),
  );
}

async function diff() {
  const content = new MemoryContent();
  const image = imageOf(content, [manyFiles(100_000)]);
  const built = await best(1, () => new Layers(content).lower(image.config.rootfs.diff_ids));
  const lower = new Layers(content).lower(image.config.rootfs.diff_ids);
  const union = new Union({ lower, now });
  tenChanges(mountFileSystem(union), 'someone');
  const found = changes(lower, union.sheet).length;
  const each = (await best(5, () => Array.from({ length: 1000 }, () => changes(lower, union.sheet)))) / 1000;
  return {
    files: 100_000,
    changed: found,
    diffMs: rounded(each, 4),
    buildTreeMs: round(built),
    ...(docker && dockerDiff(content, image)),
  };
}

function dockerDiff(content: MemoryContent, image: Image) {
  const name = 'dockerland-bench-diff';
  const busybox = spawnSync('docker', ['image', 'inspect', 'busybox:latest'], { stdio: 'ignore' }).status === 0;
  if (!busybox) return {};
  const file = join(folder, 'many.tar');
  writeFileSync(file, saveArchive(content, [{ image, references: [parseImageName(`${name}:1`)] }]));
  execFileSync('docker', ['load', '-q', '-i', file]);
  execFileSync('docker', ['create', '--name', name, `${name}:1`]);
  for (let at = 0; at < 10; at++)
    execFileSync('docker', ['cp', '-q', file.replace('many.tar', 'small'), `${name}:/dir-${at}/new`]);
  const start = performance.now();
  execFileSync('docker', ['diff', name]);
  const took = performance.now() - start;
  execFileSync('docker', ['rm', name]);
  execFileSync('docker', ['rmi', `${name}:1`]);
  return { dockerDiffMs: round(took) };
}

function heap() {
  const count = 10_000;
  const content = new MemoryContent();
  const lower = new Layers(content).lower([content.put(manyFiles(10_000)) as DiffId]);
  const used = () => {
    global.gc?.();
    global.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const start = used();
  const idle = Array.from({ length: count }, () => new Union({ lower, now }));
  const made = used();
  idle.forEach((union, at) => {
    tenChanges(mountFileSystem(union), String(at));
    union.sheet.drain();
  });
  const worked = used();
  const kept = idle.reduce((sum, union) => sum + union.sheet.inodes, 0);
  const kilobytes = (bytes: number) => round(bytes / count / 1000);
  return {
    containers: count,
    idleKB: kilobytes(made - start),
    tenChangesKB: kilobytes(worked - start),
    inodesEach: kept / count,
  };
}

async function operations(depth: number) {
  const content = new MemoryContent();
  const layers = Array.from({ length: depth }, (_, layer) =>
    layerOf(
      Array.from(
        { length: 200 },
        (_, at) => [`usr/lib/l${layer}/file-${at}`, encoder.encode(`layer ${layer}`)] as const,
      ),
    ),
  );
  const lower = new Layers(content).lower(layers.map((layer) => content.put(layer) as DiffId));
  const fs = mountFileSystem(new Union({ lower, now }));
  const paths = Array.from({ length: 200 }, (_, at) => `/usr/lib/l${(at * 7) % depth}/file-${at}`);
  const perSecond = async (work: (path: string) => void) => {
    const ms = await best(15, () => {
      for (let round = 0; round < 20; round++) for (const path of paths) work(path);
    });
    return Math.round((paths.length * 20) / (ms / 1000));
  };
  const openClose = await perSecond((path) => fs.open(path, { read: true }).close());
  const read = await perSecond((path) => fs.readFile(path));
  const hello = encoder.encode('hello');
  const write = await perSecond((path) => fs.writeFile(path, hello));
  return { layers: depth, openPerSecond: openClose, readPerSecond: read, writePerSecond: write };
}

writeFileSync(join(folder, 'small'), 'small\n');
try {
  const memory = heap();
  const through = [await operations(1), await operations(10), await operations(100)];
  const [one, , hundred] = through;
  const ratio = (field: 'openPerSecond' | 'readPerSecond' | 'writePerSecond') => round(one![field] / hundred![field]);
  const slowdown = { open: ratio('openPerSecond'), read: ratio('readPerSecond'), write: ratio('writePerSecond') };
  const difference = await diff();
  const archive = await archives();
  const goals = {
    importAtLeastHalfOfSha256: archive.importOfSha256 >= 0.5,
    diffUnder1Ms: difference.diffMs < 1,
    tenChangesUnder20KB: memory.tenChangesKB < 20,
    hundredLayersWithin1_5: Math.max(slowdown.open, slowdown.read, slowdown.write) <= 1.5,
  };
  const result = { archive, diff: difference, memory, through, slowdownOf100Layers: slowdown, goals };
  console.log(JSON.stringify(result, null, json ? undefined : 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
