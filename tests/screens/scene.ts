/**
 * A class in the middle of its lesson, made of real layers and real sheets by lib alone: what the stage shows and what the
 * views' tests read. Nothing here runs a program.
 */
import { type ClassEvent, type ClassState, evolveClass } from '../../lib/classroom';
import type { ContainerId, ContainerRecord, ImageId, SnapshotKey } from '../../lib/container';
import { type Digest, MemoryContent } from '../../lib/content';
import { type FileSystem, mountFileSystem, root } from '../../lib/fs';
import { asDiffId, TarWriter } from '../../lib/layer';
import { firstLesson } from '../../lib/lesson';
import type { MachineEvent, MachineState, PublishedImage } from '../../lib/machine';
import { evolveMachine } from '../../lib/machine/evolve';
import { Layers, Union } from '../../lib/snapshot';

export const classId = '00c1a55000c1a550';
export const code = 'K7P4QX';
const start = Date.parse('2026-01-05T09:00:00Z');
/** When the class is looked at. */
export const lookedAt = start + 9 * 60_000;
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

export const content = new MemoryContent();
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
  readonly colour: number;
  readonly running: boolean;
  /** How they are doing: one asks, one is stuck, one has been quiet for long. */
  readonly is?: 'asking' | 'stuck' | 'quiet';
  readonly does: (fs: FileSystem) => void;
}

const write = (path: string, text: string) => (fs: FileSystem) => fs.writeFile(path, encode(text));
const all =
  (...acts: readonly ((fs: FileSystem) => void)[]) =>
  (fs: FileSystem) => {
    for (const act of acts) act(fs);
  };
const names =
  'Ana,Bao,Chidi Okafor,Dolores,Emre,Fatou,Goran,Hina,Ivo,Jun,Kala,Lia,Mateo,Nour,Ola,Pia,Quim,Rosa,Sven,Tomás,Uma,Vito,Wen,Yara'.split(
    ',',
  );

/** Of the second two dozen on, names have a number. */
const named = (i: number) =>
  names[i % names.length]! + (i < names.length ? '' : ` ${Math.floor(i / names.length) + 1}`);

export function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, i) => named(i)).map((name, i) => ({
    id: `5ea7${String(i).padStart(12, '0')}`,
    name,
    colour: (i * 11) % 30,
    running: i % 5 !== 2,
    ...(i % 13 === 1 && { is: 'asking' as const }),
    ...(i % 11 === 3 && { is: 'stuck' as const }),
    ...(i % 17 === 5 && { is: 'quiet' as const }),
    does: all(
      i % 6 === 4 ? () => {} : write('/etc/motd', i % 4 === 3 ? 'same for some\n' : `${name} was here\n`),
      i % 3 === 0 ? write('/app/notes.txt', 'milk\n') : () => {},
      i % 4 === 1 ? (fs) => fs.unlink('/etc/passwd') : () => {},
      i % 7 === 5 ? write('/app/index.html', '<h1>Hello from the image</h1>\n<p>and from me</p>\n') : () => {},
    ),
  }));
}

export const machineId = (seat: string) => `${classId}.${seat}`;
const loginOf = (name: string) => name.split(' ')[0]!.toLowerCase();

const transcript = (user: string) =>
  [
    `${user}@laptop:~$ docker run -it --name web motd:1.0 sh`,
    '/app # cat /etc/motd',
    'Welcome to the class',
    `/app # echo ${user} was here > /etc/motd`,
    '/app # exit',
    `${user}@laptop:~$ docker diff web`,
    'C /etc',
    'C /etc/motd',
    `${user}@laptop:~$ docker start -ai web`,
    '/app # ',
  ].join('\r\n');

/** A computer's stream: made, an image, one container, what was written in it, and the terminal. */
export function machineEvents({ id, name, running, does, is }: Person): readonly MachineEvent[] {
  const user = loginOf(name);
  const record = containerOf(id, running);
  const union = new Union({ lower: layers.lower(image.layers.map(({ digest }) => asDiffId(digest))), now });
  const at = '2026-01-05T09:00:00.000000000Z';
  union.sheet.drain();
  does(mountFileSystem(union, { viewer: { credentials: root, cwd: '/', umask: 0o022 } }));
  const patch = union.sheet.drain();
  return [
    { type: 'machine:made', id: machineId(id), user, hostname: 'laptop', at },
    { type: 'container:created', record },
    { type: 'sheet:made', key: record.snapshot, diffIds: image.layers.map(({ digest }) => digest) },
    ...(patch ? [{ type: 'sheet:written', key: record.snapshot, patch } as const] : []),
    { type: 'person:did', at: is === 'quiet' ? start : lookedAt },
    ...(is === 'stuck' ? [{ type: 'person:stuck', line: 'cat /etc/mtod' } as const] : []),
    { type: 'terminal:opened', terminal: 'main', columns: 100, rows: 30 },
    { type: 'terminal:wrote', terminal: 'main', text: transcript(user) },
    { type: 'terminal:stood', terminal: 'main', at: running ? { inside: { container: record.id, by: 'attach' } } : {} },
  ] as readonly MachineEvent[];
}

function containerOf(seat: string, running: boolean): ContainerRecord {
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
    state: running
      ? { state: 'running', pid: 4242, startedAt: at }
      : { state: 'exited', exitCode: 0, startedAt: at, finishedAt: at },
    restartCount: 0,
    networks: {},
    mounts: [],
  } as unknown as ContainerRecord;
}

export function evolved(events: readonly MachineEvent[]): MachineState {
  return events.reduce<MachineState | undefined>((state, event) => evolveMachine(state, event, layers), undefined)!;
}

/** A question that was asked, answered by turns with these options, and closed. */
function over(present: readonly Person[], step: string, options: readonly string[], at: number): readonly ClassEvent[] {
  const answers = Object.fromEntries(
    present.map(({ id }, i) => [id, { option: options[i % options.length]!, sure: 'fairly' as const }]),
  );
  return [
    { type: 'round:opened', lesson: firstLesson.id, step, at },
    ...Object.entries(answers).map(([seat, answer]): ClassEvent => ({ type: 'round:answered', seat, answer, at })),
    { type: 'round:revealed', answers, at },
    { type: 'round:closed', at },
  ];
}

/** The class: everybody has joined, the image is published, most browsers have checked it. */
export function classEvents(present: readonly Person[]): readonly ClassEvent[] {
  const total = image.layers.length + 2;
  return [
    {
      type: 'class:opened',
      id: classId,
      code,
      title: 'An image never changes',
      host: { id: 'host', name: 'Ms Okoye' },
      at: start,
    },
    { type: 'image:published', image, at: start + 1 },
    ...present.map(
      ({ id, name, colour }): ClassEvent => ({ type: 'seat:taken', seat: id, name, colour, at: start + 2 }),
    ),
    ...present
      .filter(({ is }) => is === 'asking')
      .map(({ id }, i): ClassEvent => ({ type: 'hand:raised', seat: id, at: start + 4 + i })),
    ...present.slice(0, -1).map(
      ({ id }, i): ClassEvent => ({
        type: 'proof:reported',
        viewer: id,
        manifestDigest: image.manifestDigest,
        verified: total,
        total,
        ms: 20 + i,
        at: start + 3,
      }),
    ),
    ...over(present, 'look', ['one', 'each'], start + 60_000),
    ...over(present, 'write', ['no', 'all', 'no'], start + 240_000),
  ];
}

export function classState(present: readonly Person[]): ClassState {
  return classEvents(present).reduce<ClassState | undefined>(evolveClass, undefined)!;
}

export type { Digest, Person };
