import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, MemoryContent } from '../../lib/content';
import {
  describeImage,
  exportArchive,
  type Image,
  loadArchive,
  makeImage,
  parseImageName,
  saveArchive,
} from '../../lib/image';
import { asDiffId, type TarHeader, TarWriter, tarEnd, tarHeader } from '../../lib/layer';
import type { ArchivedImage, Taken } from '../../lib/protocol';
import { docker, run, runBytes } from '../interop/tools';
import { type Client, connect, hostCookie, until } from '../support/client';
import { type RunningServer, startServer } from '../support/start-server';

/** Images in and out of a class over real HTTP, with real machines. */
const text = (words: string) => new TextEncoder().encode(words);
const plain: TarHeader = { name: '', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0n, size: 0 };

function layer(files: Readonly<Record<string, string>>): Uint8Array {
  const tar = new TarWriter();
  for (const [name, words] of Object.entries(files)) tar.add({ ...plain, name, size: words.length }, text(words));
  return tar.finish();
}

/** An image of our own making: its content, and its archive under a name. */
function madeImage(name: string, files: Readonly<Record<string, string>>) {
  const content = new MemoryContent();
  const tar = layer(files);
  const image = makeImage(content, {
    diffIds: [asDiffId(content.put(tar))],
    config: { Cmd: ['sh'], Env: ['PATH=/bin'] },
    history: [{ created: '2026-01-05T09:00:00Z', created_by: 'COPY . / # buildkit' }],
    created: '2026-01-05T09:00:00Z',
  });
  return { content, image, saved: [{ image, references: [parseImageName(name)] }] };
}

let server: RunningServer;
let cookie: string;
let host: Client;
let code: string;
const clients: Client[] = [];

beforeAll(async () => {
  server = await startServer({ env: { MOST_ARCHIVE_MB: '256', MOST_IMAGE_MB: '64' } });
  cookie = await hostCookie(server.secret);
  host = await connect(server.url, { cookie });
  clients.push(host);
  code = (await host.get('class:open', { title: 'Archives' })).code;
});

afterAll(async () => {
  for (const client of clients) client.close();
  await server?.stop();
});

const at = (rest = '', of = code) => `${server.url}/api/class/${of}/archive${rest}`;

async function upload(body: BodyInit | Uint8Array, headers: Record<string, string> = { cookie }, of = code) {
  const response = await fetch(at('', of), {
    method: 'POST',
    body: body as BodyInit,
    headers,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, ...((await response.json()) as Answered) };
}

interface Answered {
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly images?: readonly ArchivedImage[];
  readonly image?: { readonly reference: string; readonly imageId: string };
}

async function post(rest: string, body: object, headers: Record<string, string> = { cookie }) {
  const response = await fetch(at(rest), { method: 'POST', body: JSON.stringify(body), headers });
  return { status: response.status, ...((await response.json()) as Answered & Partial<Taken>) };
}

async function bytesOf(url: string, headers: Record<string, string> = {}): Promise<Uint8Array> {
  const response = await fetch(new URL(url, server.url), { headers });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

const blobsKept = async (images: readonly { readonly digest: string }[]) =>
  Promise.all(images.map(({ digest }) => host.ask('content:get', { code, digest })));

describe('an archive that is uploaded', () => {
  const { content, image, saved } = madeImage('lesson/web:2.0', { 'etc/motd': 'from an archive\n' });

  it.each([
    ['docker', (bytes: Uint8Array) => bytes],
    ['legacy', (bytes: Uint8Array) => bytes],
    ['oci', (bytes: Uint8Array) => bytes],
    ['docker', (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))],
    ['oci', (bytes: Uint8Array) => new Uint8Array(zstd(bytes))],
  ] as const)('as %s is read with its exact id, layers and names', async (form, pack) => {
    const answer = await upload(pack(saveArchive(content, saved, form)));
    expect(answer).toMatchObject({ status: 200, ok: true });
    expect(answer.images).toEqual([
      {
        imageId: image.imageId,
        manifestDigest: image.manifestDigest,
        references: ['lesson/web:2.0'],
        layers: [{ digest: image.config.rootfs.diff_ids[0], size: 2048, createdBy: 'COPY . / # buildkit' }],
        settings: [],
      },
    ]);
  });

  it('is published under its own name or another, into every computer of the class', async () => {
    const { imageId } = image;
    expect(await post('/publish', { imageId, reference: 'lesson/web:2.0' })).toMatchObject({ ok: true });
    expect((await post('/publish', { imageId, reference: 'web' })).image).toMatchObject({ reference: 'web:latest' });
    const answer = await post('/publish', { imageId, reference: 'web:home' });
    expect(answer.image).toMatchObject({ reference: 'web:home', imageId, manifestDigest: image.manifestDigest });
    const watched = await host.get('class:watch', { code, cursor: 0 });
    const { state } = watched.class as unknown as { state: { images: { reference: string; imageId: string }[] } };
    expect(state.images.map((one) => [one.reference, one.imageId])).toEqual([
      ['lesson/web:2.0', imageId],
      ['web:latest', imageId],
      ['web:home', imageId],
    ]);
  });

  it.each([
    ['no name', ':1.0'],
    ['a digest', `web@sha256:${'0'.repeat(64)}`],
    ['nonsense', 'Not A Name:1'],
  ])('is not published under %s', async (_, reference) =>
    expect(await post('/publish', { imageId: image.imageId, reference })).toMatchObject({
      status: 400,
      code: 'invalid',
    }),
  );

  it('is not published when nobody has such an image, or when the digest is of something else', async () => {
    for (const imageId of [`sha256:${'0'.repeat(64)}`, image.manifestDigest, image.config.rootfs.diff_ids[0]!])
      expect(await post('/publish', { imageId, reference: 'web:1' })).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.skipIf(!docker)('that the real engine saved keeps its id', async () => {
    const id = run('docker', 'image', 'inspect', '--format', '{{.Id}}', 'busybox:latest').trim();
    const answer = await upload(runBytes('docker', 'save', 'busybox:latest'));
    expect(answer.images).toMatchObject([{ imageId: id, references: ['busybox:latest'] }]);
    expect(await post('/publish', { imageId: id, reference: 'real:1' })).toMatchObject({ ok: true });
    const taken = await post('/link', { imageId: id, form: 'docker' });
    expect(taken.imageId).toBe(id);
    const [back] = loadArchive(new MemoryContent(), await bytesOf(taken.href!));
    expect(back!.image.imageId).toBe(id);
  });
});

describe('a hostile archive', () => {
  const { content, image, saved } = madeImage('bad:1', { kept: 'never\n' });
  const good = saveArchive(content, saved);
  const secret = layer({ [`only-here-${process.pid}`]: 'x' });

  /** A good archive whose layer is this one. */
  const withLayer = (tar: Uint8Array) => {
    const own = new MemoryContent();
    const made = makeImage(own, { diffIds: [asDiffId(own.put(tar))], config: {}, history: [] });
    return saveArchive(own, [{ image: made, references: [] }]);
  };
  const entry = (header: Partial<TarHeader>, bytes?: Uint8Array) => {
    const tar = new TarWriter();
    tar.add({ ...plain, size: bytes?.length ?? 0, ...header }, bytes);
    return tar.finish();
  };

  it.each([
    ['that is no archive', () => text('hello, this is no archive of any kind'), /archive|tar/],
    ['that is empty', () => new Uint8Array(), /archive/],
    ['cut off in a layer', () => good.slice(0, 3000), /./],
    [
      'whose layer climbs out',
      () => withLayer(entry({ name: '../../etc/passwd' }, text('x'))),
      /\.\.\/\.\.\/etc\/passwd/,
    ],
    [
      'whose layer has a link to itself',
      () => withLayer(entry({ name: 'me', kind: 'hardlink', target: 'me' })),
      /"?me"?/,
    ],
    ['with an entry that climbs out', () => entry({ name: '../x' }, text('x')), /\.\.\/x/],
    [
      'without what it names',
      () => entry({ name: 'manifest.json' }, text('[{"Config":"gone.json","Layers":[]}]')),
      /gone\.json/,
    ],
    ['of a form that is too old', () => entry({ name: 'repositories' }, text('{}')), /1\.10/],
  ] as const)('%s is refused with a sentence', async (_, bytes, words) => {
    const answer = await upload(bytes());
    expect(answer.ok).toBe(false);
    expect(['invalid', 'unsupported']).toContain(answer.code);
    expect(answer.message).toMatch(words);
  });

  it('leaves nothing behind', async () => {
    // The layer is right and comes first; what comes after it is not.
    const tar = new TarWriter();
    tar.add({ ...plain, name: 'layer.tar', size: secret.length }, secret);
    const manifest = text('[{"Config":"gone.json","Layers":["layer.tar"]}]');
    tar.add({ ...plain, name: 'manifest.json', size: manifest.length }, manifest);
    expect(await upload(tar.finish())).toMatchObject({ ok: false });
    expect(await blobsKept([{ digest: digestOf(secret) }])).toMatchObject([{ ok: false, code: 'not-found' }]);
  });

  it('that lies about a digest is refused, and the one it claims to be is not touched', async () => {
    const bytes = good.slice();
    const where = Buffer.from(bytes).indexOf('never');
    bytes[where] = 'N'.charCodeAt(0);
    const answer = await upload(bytes);
    expect(answer).toMatchObject({ ok: false, code: 'invalid' });
    expect(answer.message).toMatch(/sha256:[0-9a-f]{64}/);
    expect(await blobsKept([{ digest: image.config.rootfs.diff_ids[0]! }])).toMatchObject([{ ok: false }]);
  });

  it('that unpacks to far more than it is, is stopped', async () => {
    const zeros = gzipSync(
      Buffer.concat([Buffer.from(tarHeader({ ...plain, name: 'zeros', size: 2 ** 31 })), Buffer.alloc(2 ** 20)]),
    );
    // A gzip member after another: 1.1 GB of zeros for 1.1 MB.
    const more = gzipSync(Buffer.alloc(2 ** 20));
    const body = Buffer.concat([zeros, ...Array.from({ length: 1100 }, () => more)]);
    const answer = await upload(new Uint8Array(body));
    expect(answer).toMatchObject({ ok: false, code: 'exhausted' });
  });

  it('that is longer than the server allows is refused', async () => {
    const answer = await upload(stream(tooMuch()));
    expect(answer).toMatchObject({ status: 413, code: 'exhausted' });
    expect(answer.message).toContain('256 MB');
  });
});

describe('who may', () => {
  const { content, image, saved } = madeImage('mine:1', { 'etc/who': 'x\n' });
  const archive = saveArchive(content, saved);
  let ana: { token: string; seat: string; client: Client };
  let bo: { token: string; seat: string; client: Client };
  const join = async (name: string) => {
    const client = await connect(server.url);
    clients.push(client);
    return { client, ...(await client.get('seat:take', { code, name })) };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  beforeAll(async () => {
    await upload(archive);
    await post('/publish', { imageId: image.imageId, reference: 'mine:1' });
    [ana, bo] = [await join('Ana'), await join('Bo')];
  });

  it('upload: the class’s host, and nobody else', async () => {
    const other = { cookie: await hostCookie(server.secret, 'passphrase:other', 'Other') };
    for (const headers of [
      {},
      bearer(ana.token),
      bearer('1.forged.s1.xxx'),
      other,
      { cookie: 'next-auth.session-token=x' },
    ])
      expect(await upload(archive, headers as Record<string, string>)).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    expect(await upload(archive, { cookie, origin: 'http://elsewhere.example' })).toMatchObject({ status: 403 });
    expect(await upload(archive, { cookie }, 'ZZZZZZ')).toMatchObject({ ok: false });
    expect((await fetch(at('/publish'), { method: 'POST', body: '{}', headers: bearer(ana.token) })).status).toBe(403);
  });

  it('take an image home: everybody in the class, and no stranger', async () => {
    const body = { imageId: image.imageId, form: 'docker' };
    expect(await post('/link', body, {})).toMatchObject({ status: 403 });
    expect((await fetch(at(`?imageId=${image.imageId}&form=docker`))).status).toBe(403);
    const { token } = await host.get('link:make', { code, kind: 'view' });
    for (const headers of [bearer(ana.token), bearer(token), { cookie }]) {
      const taken = await post('/link', body, headers as Record<string, string>);
      expect(taken).toMatchObject({ ok: true, imageId: image.imageId, reference: 'mine:1', file: 'mine-1.tar' });
      expect(digestOf(await bytesOf(taken.href!))).toBe(digestOf(archive));
    }
    expect(digestOf(await bytesOf(at(`?imageId=${image.imageId}&form=docker`), bearer(ana.token)))).toBe(
      digestOf(archive),
    );
    expect(digestOf(await bytesOf(at(`?imageId=${image.imageId}&form=oci`), bearer(ana.token)))).toBe(
      digestOf(saveArchive(content, saved, 'oci')),
    );
  });

  it('take an image home that another class published: nobody', async () => {
    const other = (await host.get('class:open', { title: 'Another' })).code;
    const response = await fetch(at(`?imageId=${image.imageId}&form=docker`, other), { headers: { cookie } });
    expect(response.status).toBe(404);
    const taken = await post('/link', { imageId: image.imageId, form: 'docker' });
    expect((await fetch(new URL(taken.href!.replace(code, other), server.url))).status).toBe(403);
    expect((await fetch(new URL(`${taken.href}x`, server.url))).status).toBe(403);
  });

  it('take a container home: its own person and the host', async () => {
    const machine = (await ana.client.get('class:watch', { code, cursor: 0 })).machine;
    await ana.client.get('machine:watch', { code, machine, cursor: 0 });
    await ana.client.get('terminal:open', { code, machine, terminal: 't1', columns: 80, rows: 24 });
    // An image without programs makes a container that cannot start, and is there all the same.
    await ana.client.get('terminal:type', {
      code,
      machine,
      terminal: 't1',
      client: 'c'.repeat(16),
      seq: 1,
      data: 'docker create --name box mine:1 sh; docker cp /etc/hostname box:/etc/mine\n',
    });
    const container = await until(async () => {
      const { machines } = await host.get('board:watch', { code, cursors: {}, only: [machine] });
      const [, id] = /"id":"([0-9a-f]{64})","name":"box"/.exec(JSON.stringify(machines[machine])) ?? [];
      return id;
    });
    const body = { container, form: 'docker' };
    const own = await post('/link', body, bearer(ana.token));
    expect(own).toMatchObject({ ok: true, file: 'box.tar' });
    const [loaded] = loadArchive(new MemoryContent(), await bytesOf(own.href!));
    expect(loaded!.image.imageId).toBe(own.imageId);
    expect(loaded!.image.config.rootfs.diff_ids[0]).toBe(image.config.rootfs.diff_ids[0]);
    expect(loaded!.references).toEqual([]);
    const theirs = await post('/link', { ...body, seat: ana.seat, form: 'rootfs' });
    const tar = Buffer.from(await bytesOf(theirs.href!)).toString('latin1');
    expect(tar).toContain('etc/who');
    expect(tar).toContain('etc/mine');
    // Nothing of this happened on Ana’s computer.
    const { machines } = await host.get('board:watch', { code, cursors: {}, only: [machine] });
    expect(JSON.stringify(machines[machine])).not.toContain(own.imageId!);

    expect(await post('/link', { ...body, seat: ana.seat }, bearer(bo.token))).toMatchObject({ status: 403 });
    expect(await post('/link', body, bearer(bo.token))).toMatchObject({ status: 404 });
    expect(await post('/link', { ...body, seat: ana.seat }, {})).toMatchObject({ status: 403 });
    const { token } = await host.get('link:make', { code, kind: 'view' });
    expect(await post('/link', { ...body, seat: ana.seat }, bearer(token))).toMatchObject({ status: 403 });
  });

  it('answers requests that make no sense', async () => {
    for (const body of [
      {},
      { imageId: 'x', form: 'docker' },
      { imageId: image.imageId, form: 'zip' },
      { container: 'box' },
    ])
      expect(await post('/link', body)).toMatchObject({ status: 400, code: 'invalid' });
    expect((await fetch(at('/nowhere'), { method: 'POST', headers: { cookie } })).status).toBe(404);
    expect((await fetch(at(), { method: 'DELETE', headers: { cookie } })).status).toBe(404);
    const wrong = await fetch(at('/link'), { method: 'POST', body: '{{{', headers: { cookie } });
    expect(wrong.status).toBe(400);
  });

  it('has no more once the seat is removed', async () => {
    await host.get('seat:remove', { code, seat: bo.seat });
    expect((await post('/link', { imageId: image.imageId, form: 'docker' }, bearer(bo.token))).ok).toBe(false);
  });
});

describe('a large archive', () => {
  it('comes in, and goes, without being held in memory', async () => {
    const large = largeImage(200);
    await upload(stream(largeImage(20).archive()));
    const before = residentMb();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, residentMb())), 20);
    const answer = await upload(stream(large.archive()));
    clearInterval(watch);
    expect(answer.images).toMatchObject([{ imageId: large.image.imageId }]);
    console.log(`200 MB came in; the server grew from ${before} MB by ${peak - before} MB`);
    expect(peak - before).toBeLessThan(64);
    // Too much for every browser of a class, and it is said.
    const refused = await post('/publish', { imageId: large.image.imageId, reference: 'large:1' });
    expect(refused).toMatchObject({ status: 413, code: 'exhausted' });
    expect(refused.message).toContain('64 MB');
  });

  it('has a layer that is too long for the socket, and is fetched', async () => {
    const { layer: digest, image: twenty } = largeImage(20);
    // As long as it is nobody's to see, its digest is no right to it.
    expect(await host.ask('content:get', { code, digest })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await post('/publish', { imageId: twenty.imageId, reference: 'twenty:1' })).toMatchObject({ ok: true });
    expect(await host.ask('content:get', { code, digest })).toMatchObject({ ok: false, code: 'exhausted' });
    expect(digestOf(await bytesOf(at(`/blob?digest=${digest}`), { cookie }))).toBe(digest);
    expect((await fetch(at(`/blob?digest=${digest}`))).status).toBe(403);
    expect((await fetch(at('/blob?digest=x'), { headers: { cookie } })).status).toBe(400);
    const nowhere = await fetch(at(`/blob?digest=sha256:${'0'.repeat(64)}`), { headers: { cookie } });
    expect(nowhere.status).toBe(404);
  });

  it('that is given up in the middle leaves nothing, and the next one finds the door open', async () => {
    for (let tries = 0; tries < 4; tries++) {
      const given = new AbortController();
      const parts = largeImage(30 + tries).archive();
      let sent = 0;
      async function* some() {
        for await (const part of parts) {
          if (++sent > 12) given.abort();
          yield part;
        }
      }
      await expect(
        fetch(at(), {
          method: 'POST',
          body: stream(some()),
          headers: { cookie },
          signal: given.signal,
          duplex: 'half',
        } as RequestInit),
      ).rejects.toThrow();
    }
    const answer = await until(async () => {
      const tried = await upload(stream(largeImage(21).archive()));
      return tried.code === 'unavailable' ? undefined : tried;
    });
    expect(answer.ok).toBe(true);
    expect(await blobsKept([{ digest: largeImage(30).layer }])).toMatchObject([{ ok: false, code: 'not-found' }]);
  });
});

describe('a class that has ended', () => {
  it('takes nothing in, and still lets everybody take home what it had', async () => {
    const { content, image, saved } = madeImage('last:1', { last: 'x' });
    const archive = saveArchive(content, saved);
    await upload(archive);
    await post('/publish', { imageId: image.imageId, reference: 'last:1' });
    await host.get('class:end', { code });
    expect(await upload(archive)).toMatchObject({ ok: false });
    const taken = await post('/link', { imageId: image.imageId, form: 'docker' });
    expect(digestOf(await bytesOf(taken.href!))).toBe(digestOf(archive));
  });
});

function residentMb(): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))!;
  return Math.round(Number(kb) / 1024);
}

/** A zstd frame of raw blocks (RFC 8878, 3.1.1): it says the same as a packed one. */
function zstd(bytes: Uint8Array): Uint8Array {
  const frame = [0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...sizeBytes(bytes.length, 4)];
  const blocks: number[][] = [];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const part = bytes.subarray(at, at + 65_536);
    const last = at + 65_536 >= bytes.length ? 1 : 0;
    blocks.push([...sizeBytes((part.length << 3) | last, 3), ...part]);
  }
  return Uint8Array.from([...frame, ...blocks.flat()]);
}

const sizeBytes = (size: number, count: number) =>
  Array.from({ length: count }, (_, index) => (size >>> (8 * index)) & 255);

/** An image of so many MB in one layer, that nobody ever holds. */
function largeImage(mb: number): { image: Image; layer: string; archive: () => AsyncIterable<Uint8Array> } {
  function* tar(): Generator<Uint8Array> {
    yield tarHeader({ ...plain, name: 'large', size: mb * 2 ** 20 });
    for (let part = 0; part < mb; part++) yield new Uint8Array(2 ** 20).fill((part * 7 + mb) & 255);
    yield tarEnd;
  }
  const hash = createHash('sha256');
  let size = 0;
  for (const part of tar()) {
    hash.update(part);
    size += part.length;
  }
  const diffId = asDiffId(`sha256:${hash.digest('hex')}` as never);
  const config = text(
    JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [diffId] } }),
  );
  const { image, manifestBytes } = describeImage(config, () => size);
  const blobs = (digest: string) =>
    digest === diffId ? tar() : digest === image.configDigest ? [config] : [manifestBytes];
  return { image, layer: diffId, archive: () => exportArchive(blobs, [{ image, references: [] }]) };
}

async function* tooMuch(): AsyncGenerator<Uint8Array> {
  yield tarHeader({ ...plain, name: 'large', size: 2 ** 30 });
  for (let part = 0; part < 300; part++) yield new Uint8Array(2 ** 20);
}

function stream(parts: AsyncIterable<Uint8Array>): BodyInit {
  return Readable.toWeb(Readable.from(parts, { objectMode: false })) as unknown as BodyInit;
}
