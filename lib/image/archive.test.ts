import { describe, expect, it } from 'vitest';
import { type Digest, MemoryContent } from '../content';
import { Failure, type FailureCode } from '../errors';
import { type DiffId, gzip, type TarHeader, TarWriter } from '../layer';
import {
  type ArchiveForm,
  ContentSink,
  exportArchive,
  type Image,
  type Imported,
  importArchive,
  importLimits,
  loadArchive,
  makeImage,
  parseImageName,
  saveArchive,
} from '.';

const bytes = (text: string) => new TextEncoder().encode(text);
const file: TarHeader = { name: '', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0n, size: 0 };

function tar(files: Readonly<Record<string, string | Uint8Array | Partial<TarHeader>>>): Uint8Array {
  const writer = new TarWriter();
  for (const [name, value] of Object.entries(files)) {
    if (typeof value === 'string') writer.add({ ...file, name }, bytes(value));
    else if (value instanceof Uint8Array) writer.add({ ...file, name }, value);
    else writer.add({ ...file, name, ...value });
  }
  return writer.finish();
}

function imageWith(content: MemoryContent, layers: readonly Uint8Array[]): Image {
  const diffIds = layers.map((layer) => content.put(layer) as DiffId);
  return makeImage(content, {
    diffIds,
    config: { Cmd: ['sh'], Labels: { b: '<1>', a: '2' } },
    history: [],
    created: '2026-01-05T09:00:00Z',
  });
}

async function* pieces(whole: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size);
}

async function gathered(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: number[] = [];
  for await (const part of parts) all.push(...part);
  return Uint8Array.from(all);
}

const ids = (imported: readonly Imported[]) =>
  imported.map(({ image, references }) => [image.imageId, image.manifestDigest, references]);

/** Both readers; each answers what it brought in, and how many blobs are in the store afterwards. */
const readers: readonly (readonly [string, (archive: Uint8Array) => Promise<readonly [Imported[], number]>])[] = [
  [
    'in memory',
    async (archive) => {
      const content = new MemoryContent();
      const imported = attempt(() => loadArchive(content, archive), content);
      return [imported, content.size];
    },
  ],
  [
    'in pieces',
    async (archive) => {
      const content = new MemoryContent();
      try {
        return [await importArchive(pieces(archive, 700), new ContentSink(content)), content.size];
      } catch (error) {
        expect(content.size, 'nothing half-imported stays').toBe(0);
        throw error;
      }
    },
  ],
];

function attempt<T>(action: () => T, content: MemoryContent): T {
  try {
    return action();
  } catch (error) {
    expect(content.size, 'nothing half-imported stays').toBe(0);
    throw error;
  }
}

const content = new MemoryContent();
const base = tar({
  'etc/': { kind: 'directory', mode: 0o755 },
  'etc/motd': 'hello',
  'etc/link': { kind: 'symlink', target: 'motd' },
});
const one = imageWith(content, [base, tar({ 'etc/.wh.motd': '', 'app/x': 'x'.repeat(5000) })]);
const two = imageWith(content, [base, tar({ other: 'y' })]);
const saved = [
  { image: one, references: [parseImageName('app:1'), parseImageName('quay.io/team/app')] },
  { image: two, references: [] },
];

describe.each(readers)('archives read %s', (_, read) => {
  it.each(['docker', 'legacy', 'oci'] as ArchiveForm[])('keep ids, layers and names in the form %s', async (form) => {
    const [imported, blobs] = await read(saveArchive(content, saved, form));
    expect(ids(imported)).toEqual(ids(saved));
    expect(blobs).toBe(3 + 2 + 2);
  });

  it('may be packed as a whole', async () => {
    expect(ids((await read(gzip(saveArchive(content, saved))))[0])).toEqual(ids(saved));
  });

  const packings: (readonly [string, string, (tar: Uint8Array) => Uint8Array])[] = [
    ['gzip', 'application/vnd.oci.image.layer.v1.tar+gzip', gzip],
    ['zstd', 'application/vnd.oci.image.layer.v1.tar+zstd', zstdOf],
  ];
  it.each(packings)('may have layers packed with %s', async (__, mediaType, pack) => {
    const layout = packedLayout(one, mediaType, pack);
    const [imported] = await read(layout);
    expect(imported.map(({ image }) => image.imageId)).toEqual([one.imageId]);
    expect(imported[0]!.image.manifestDigest).toBe(one.manifestDigest);
  });

  const refused: (readonly [string, FailureCode, RegExp, () => Uint8Array])[] = [
    ['is no tar', 'corrupt', /checksum|octal/, () => bytes('x'.repeat(2000))],
    ['is empty', 'corrupt', /ends too early|no image archive/, () => new Uint8Array(0)],
    ['has no contents', 'corrupt', /no image archive/, () => tar({ readme: 'hi' })],
    ['is of the oldest form', 'unsupported', /1\.10/, () => tar({ repositories: '{}' })],
    ['leads out of the root', 'corrupt', /"\.\.\/x" leads out/, () => changed({ '../x': 'x' })],
    [
      'has a layer that leads out of the root',
      'corrupt',
      /"a\/..\/..\/x" leads out/,
      () => archiveOf(tar({ 'a/../../x': '' })),
    ],
    [
      'has a link to itself',
      'corrupt',
      /"self" is a hard link to "self"/,
      () => archiveOf(tar({ self: { kind: 'hardlink', target: 'self' } })),
    ],
    [
      'has a link out of the root',
      'corrupt',
      /"\.\.\/\.\.\/etc\/passwd" leads out/,
      () => archiveOf(tar({ l: { kind: 'hardlink', target: '../../etc/passwd' } })),
    ],
    [
      'has a link to nothing',
      'corrupt',
      /"l" is a hard link to "no"/,
      () => archiveOf(tar({ l: { kind: 'hardlink', target: 'no' } })),
    ],
    [
      'writes through a link',
      'corrupt',
      /"l\/x" lies in "l"/,
      () => archiveOf(tar({ l: { kind: 'symlink', target: '/etc' }, 'l/x': '' })),
    ],
    ['has a whiteout of nothing', 'corrupt', /"\.wh\." is a whiteout of nothing/, () => archiveOf(tar({ '.wh.': '' }))],
    [
      'has a whiteout of ..',
      'corrupt',
      /"\.wh\.\.\." is a whiteout of nothing/,
      () => archiveOf(tar({ 'a/.wh...': '' })),
    ],
    ['has a wrong digest', 'corrupt', /has the digest sha256:/, () => swapped()],
    [
      'lacks a layer',
      'corrupt',
      /names "blobs\/sha256\/[0-9a-f]+" but does not have it/,
      () => without(one.config.rootfs.diff_ids[1]!),
    ],
    [
      'lacks the configuration',
      'corrupt',
      /names "blobs\/sha256\/[0-9a-f]+" but does not have it/,
      () => without(one.configDigest),
    ],
    [
      'has a foreign layer',
      'unsupported',
      /foreign layer/,
      () => packedLayout(one, 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', gzip),
    ],
    [
      'has an unknown media type',
      'unsupported',
      /unknown media type application\/x-secret/,
      () => packedLayout(one, 'application/x-secret', gzip),
    ],
    [
      'has broken gzip',
      'corrupt',
      /not valid gzip/,
      () => packedLayout(one, 'application/vnd.oci.image.layer.v1.tar+gzip', (layer) => gzip(layer).subarray(0, 40)),
    ],
    [
      'names files outside itself',
      'corrupt',
      /not in the archive/,
      () => changed({ 'manifest.json': '[{"Config":"../../etc/passwd","Layers":[]}]' }),
    ],
    ['has nonsense for contents', 'corrupt', /manifest\.json is not JSON/, () => changed({ 'manifest.json': '{' })],
  ];
  it.each(refused)('are refused when one %s', async (__, code, sentence, archive) => {
    const failure = await read(archive()).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(sentence);
    expect((failure as Failure).code).toBe(code);
  });

  it('cut anywhere are refused, or whole', async () => {
    const archive = saveArchive(content, [saved[1]!]);
    for (let length = 0; length < archive.length; length += 61) {
      const found = await read(archive.subarray(0, length)).catch((error: unknown) => error);
      if (found instanceof Failure) expect(['corrupt', 'unsupported']).toContain(found.code);
      else expect(ids((found as [Imported[], number])[0])).toEqual(ids([saved[1]!]));
    }
  });
});

describe('exportArchive', () => {
  it.each(['docker', 'legacy', 'oci'] as ArchiveForm[])('writes what saveArchive writes, form %s', async (form) => {
    const parts = exportArchive((digest) => pieces(content.get(digest)!, 1000), saved, form);
    expect(await gathered(parts)).toEqual(saveArchive(content, saved, form));
  });

  it('is the same every time', () => expect(saveArchive(content, saved)).toEqual(saveArchive(content, saved)));

  it('refuses a blob that is not as long as it should be', async () => {
    const broken = exportArchive((digest) => [content.get(digest)!.subarray(1)], saved);
    await expect(gathered(broken)).rejects.toThrow(/bytes, not/);
  });
});

describe('bombs', () => {
  const zeros = archiveOf(tar({ zeros: new Uint8Array(30 * 2 ** 20) }), gzip);

  it('do not fit through the limits', async () => {
    expect(zeros.length).toBeLessThan(100_000);
    const limited = importArchive(pieces(zeros, 1 << 16), new ContentSink(new MemoryContent()), {
      ...importLimits,
      bytes: 2 ** 24,
    });
    await expect(limited).rejects.toMatchObject({
      code: 'exhausted',
      message: expect.stringMatching(/unpacks to more than/),
    });
  });

  it('of windows neither', async () => {
    const greedy = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xff, ...new Uint8Array(30)]);
    const limited = importArchive(pieces(greedy, 3), new ContentSink(new MemoryContent()));
    await expect(limited).rejects.toMatchObject({ code: 'exhausted', message: expect.stringMatching(/zstd frame/) });
    expect(() => loadArchive(new MemoryContent(), greedy)).toThrow(/zstd frame/);
  });

  it('of very many entries neither', async () => {
    const many = archiveOf(tar(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}`, '']))));
    const limited = importArchive(pieces(many, 1 << 16), new ContentSink(new MemoryContent()), {
      ...importLimits,
      entries: 200,
    });
    await expect(limited).rejects.toMatchObject({
      code: 'exhausted',
      message: expect.stringMatching(/more than 200 entries/),
    });
  });
});

/** One zstd frame of blocks that are not compressed. (RFC 8878, 3.1.1) */
function zstdOf(plain: Uint8Array): Uint8Array {
  const most = 100_000;
  const size = new Uint8Array(new Uint32Array([plain.length]).buffer);
  const frame = [0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...size];
  for (let at = 0; at < plain.length; at += most) {
    const block = plain.subarray(at, at + most);
    const header = (block.length << 3) | (at + most >= plain.length ? 1 : 0);
    frame.push(header & 255, (header >> 8) & 255, header >> 16, ...block);
  }
  return Uint8Array.from(frame);
}

/** An archive of one image with that layer, which need not be a good one. */
function archiveOf(layer: Uint8Array, pack: (tar: Uint8Array) => Uint8Array = (plain) => plain): Uint8Array {
  const store = new MemoryContent();
  const image = imageWith(store, [layer]);
  return packedLayout(image, 'application/vnd.oci.image.layer.v1.tar', pack, store);
}

function packedLayout(
  image: Image,
  mediaType: string,
  pack: (tar: Uint8Array) => Uint8Array,
  store: MemoryContent = content,
): Uint8Array {
  const blobs = new MemoryContent();
  const put = (blob: Uint8Array) => ({ digest: blobs.put(blob), size: blob.length });
  const layers = image.config.rootfs.diff_ids.map((diffId) => ({ mediaType, ...put(pack(store.get(diffId)!)) }));
  const config = { ...image.manifest.config, ...put(store.get(image.configDigest)!) };
  const manifestBytes = bytes(JSON.stringify({ ...image.manifest, config, layers }));
  const manifest = { mediaType: image.manifest.mediaType, ...put(manifestBytes) };
  const all = [config, manifest, ...layers].map(
    ({ digest }) => [`blobs/sha256/${digest.slice(7)}`, blobs.get(digest)!] as const,
  );
  return tar({ ...Object.fromEntries(all), 'index.json': JSON.stringify({ schemaVersion: 2, manifests: [manifest] }) });
}

/** The good archive with other files in it. */
function changed(files: Readonly<Record<string, string>>): Uint8Array {
  return tar({ 'manifest.json': '[]', ...files });
}

function without(digest: Digest): Uint8Array {
  return rewritten((path, data) => (path.includes(digest.slice(7)) ? undefined : data));
}

/** A layer's bytes under another's name. */
function swapped(): Uint8Array {
  const top = one.config.rootfs.diff_ids[1]!.slice(7);
  return rewritten((path, data) => (path.includes(top) ? tar({ other: 'z' }) : data));
}

function rewritten(change: (path: string, data: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const hex = (digest: Digest) => `blobs/sha256/${digest.slice(7)}`;
  for (const digest of [one.configDigest, ...one.config.rootfs.diff_ids]) {
    const data = change(hex(digest), content.get(digest)!);
    if (data) files[hex(digest)] = data;
  }
  const manifest = [{ Config: hex(one.configDigest), RepoTags: null, Layers: one.config.rootfs.diff_ids.map(hex) }];
  return tar({ ...files, 'manifest.json': JSON.stringify(manifest) });
}
