/**
 * An image and people's sheets above it, made of real layers and real patches by lib alone: what the views' tests read.
 * Nothing here runs a program.
 */
import type { ContainerId, ContainerRecord, ImageId, SnapshotKey } from '../../lib/container';
import { MemoryContent } from '../../lib/content';
import { type FileSystem, mountFileSystem, root } from '../../lib/fs';
import { asDiffId, TarWriter } from '../../lib/layer';
import type { MachineEvent, MachineState, PublishedImage } from '../../lib/machine';
import { evolveMachine } from '../../lib/machine/evolve';
import { Layers, Union } from '../../lib/snapshot';

const classId = '00c1a55000c1a550';
const start = Date.parse('2026-01-05T09:00:00Z');
const now = () => BigInt(start) * 1_000_000n;
const encode = (text: string) => new TextEncoder().encode(text);

type Files = Readonly<Record<string, string | null>>;

/** A layer's tar; `null` makes a folder. */
function layer(files: Files): Uint8Array {
  const tar = new TarWriter();
  const common = { uid: 0, gid: 0, mtime: now() };
  for (const [name, text] of Object.entries(files))
    if (text === null) tar.add({ ...common, name: `${name}/`, kind: 'directory', mode: 0o755, size: 0 });
    else tar.add({ ...common, name, kind: 'file', mode: 0o644, size: 0 }, encode(text));
  return tar.finish();
}

const content = new MemoryContent();
export const layers = new Layers(content);

const steps: readonly (readonly [string, Files])[] = [
  [
    'FROM busybox',
    {
      bin: null,
      'bin/busybox': 'program\0'.repeat(9000),
      etc: null,
      'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
      'etc/motd': '',
      tmp: null,
    },
  ],
  ['RUN /bin/sh -c mkdir /app # buildkit', { app: null }],
  [
    'COPY site /app # buildkit',
    { app: null, 'app/index.html': '<h1>Hello from the image</h1>\n', 'app/logo.bin': '\0\u0001\u0002binary' },
  ],
  [
    'RUN /bin/sh -c echo "Welcome to the class" > /etc/motd # buildkit',
    { etc: null, 'etc/motd': 'Welcome to the class\n' },
  ],
];

export const image: PublishedImage = makeImage('motd:1.0', steps);

function makeImage(reference: string, lines: typeof steps): PublishedImage {
  const made = lines.map(([createdBy, files]) => {
    const tar = layer(files);
    return { digest: content.put(tar), size: tar.length, createdBy };
  });
  const imageId = content.put(
    encode(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        rootfs: { type: 'layers', diff_ids: made.map(({ digest }) => digest) },
      }),
    ),
  );
  const manifestDigest = content.put(
    encode(
      JSON.stringify({
        schemaVersion: 2,
        config: { digest: imageId },
        layers: made.map(({ digest, size }) => ({ digest, size })),
      }),
    ),
  );
  return { reference, imageId, manifestDigest, layers: made, settings: ['WORKDIR /app', 'CMD ["sh"]'] };
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly does: (fs: FileSystem) => void;
}

const write = (path: string, text: string) => (fs: FileSystem) => fs.writeFile(path, encode(text));

/** Two whose sheets differ. */
export const people: readonly Person[] = [
  {
    id: '5ea7000000000000',
    name: 'Ana',
    does: (fs) => {
      write('/etc/motd', 'Ana was here\n')(fs);
      write('/app/notes.txt', 'milk\n')(fs);
    },
  },
  {
    id: '5ea7000000000001',
    name: 'Bao',
    does: (fs) => {
      write('/etc/motd', 'Bao was here\n')(fs);
      fs.unlink('/etc/passwd');
    },
  },
];

const machineId = (seat: string) => `${classId}.${seat}`;

/** A computer's stream: made, one container, and what was written in it. */
export function machineEvents({ id, name, does }: Person): readonly MachineEvent[] {
  const record = containerOf(id);
  const union = new Union({ lower: layers.lower(image.layers.map(({ digest }) => asDiffId(digest))), now });
  const at = '2026-01-05T09:00:00.000000000Z';
  union.sheet.drain();
  does(mountFileSystem(union, { viewer: { credentials: root, cwd: '/', umask: 0o022 } }));
  const patch = union.sheet.drain();
  return [
    { type: 'machine:made', id: machineId(id), user: name.toLowerCase(), hostname: 'laptop', at },
    { type: 'container:created', record },
    { type: 'sheet:made', key: record.snapshot, diffIds: image.layers.map(({ digest }) => digest) },
    ...(patch ? [{ type: 'sheet:written', key: record.snapshot, patch } as const] : []),
  ] as readonly MachineEvent[];
}

function containerOf(seat: string): ContainerRecord {
  const id = (seat.slice(4).replace(/^0+/, '') || '0').padStart(2, '0').repeat(32) as ContainerId;
  const at = '2026-01-05T09:01:00.000000000Z';
  return {
    id,
    name: 'web',
    created: at,
    image: image.reference,
    imageId: image.imageId as string as ImageId,
    snapshot: id as string as SnapshotKey,
    path: 'sh',
    args: [],
    state: { state: 'running', pid: 4242, startedAt: at },
    restartCount: 0,
    networks: {},
    mounts: [],
  } as unknown as ContainerRecord;
}

export function evolved(events: readonly MachineEvent[]): MachineState {
  return events.reduce<MachineState | undefined>((state, event) => evolveMachine(state, event, layers), undefined)!;
}
