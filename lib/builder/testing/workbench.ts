import { ManualClock, seeded } from '../../clock';
import { MemoryContent } from '../../content';
import { Failure } from '../../errors';
import { dirname, type FileSystem, mountFileSystem, PlainTree } from '../../fs';
import { formatReference, type Image, makeImage, parseImageName } from '../../image';
import { asDiffId, TarWriter } from '../../layer';
import { Layers, Union } from '../../snapshot';
import { build } from '../build';
import type { BuildOptions, BuiltImage, FoundImage } from '../build-options';
import { MemoryCache } from '../cache';
import type { BuildEvent } from '../events';
import { PlainProgress } from '../format-plain';
import { smallShell } from './small-shell';

/** Path → text, or more said about it. */
export type BenchFiles = Readonly<
  Record<
    string,
    string | { readonly text?: string; readonly bytes?: Uint8Array; readonly mode?: number; readonly link?: string }
  >
>;

const encoder = new TextEncoder();
const passwd = [
  'root:x:0:0:root:/root:/bin/sh',
  'www-data:x:33:33:www-data:/var/www:/bin/false',
  'nobody:x:65534:65534:nobody:/home:/bin/false',
  '',
].join('\n');

/** Everything that a build needs, in memory: a base image called busybox, a small shell, a clock that stands still. */
export class Workbench {
  readonly content = new MemoryContent();
  readonly layers = new Layers(this.content);
  readonly cache = new MemoryCache();
  readonly clock = new ManualClock('2026-01-05T09:00:00.25Z');
  readonly chance = seeded(1);
  readonly images = new Map<string, Image>();
  files: FileSystem = folderOf({});

  constructor() {
    this.images.set('docker.io/library/busybox:latest', this.#busybox());
  }

  context(files: BenchFiles): void {
    this.files = folderOf(files);
  }

  /** Adds to the context, or replaces. */
  change(files: BenchFiles): void {
    writeInto(this.files, files, 1_750_000_000_000_000_000n + BigInt(this.cache.steps.size));
  }

  async build(dockerfile: string, more: Partial<BuildOptions> = {}): Promise<BuiltImage> {
    return build(this.options(dockerfile, more));
  }

  options(dockerfile: string, more: Partial<BuildOptions> = {}): BuildOptions {
    const { content, layers, cache, clock, chance } = this;
    return {
      dockerfile,
      context: { files: this.files, path: '/' },
      sources: { resolve: async (reference) => this.#find(reference) },
      runner: smallShell,
      content,
      layers,
      cache,
      clock,
      chance,
      ...more,
    };
  }

  /** What `docker build --progress=plain` would print, the events, and the image or the error. */
  async print(dockerfile: string, more: Partial<BuildOptions> = {}) {
    const plain = new PlainProgress();
    const events: BuildEvent[] = [];
    let stderr = plain.header();
    const progress = (event: BuildEvent) => {
      events.push(event);
      stderr += plain.take(event);
    };
    try {
      const built = await this.build(dockerfile, { ...more, progress });
      return { stderr, events, built, config: built.image.config };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { stderr, events, error };
    }
  }

  /** A view of what an image holds. */
  look(image: BuiltImage): FileSystem {
    const tree = this.layers.lower(image.image.config.rootfs.diff_ids);
    return mountFileSystem(new Union({ lower: tree, now: () => this.clock.now() }));
  }

  #find(reference: string): FoundImage {
    const image = this.images.get(formatReference(parseImageName(reference)));
    if (!image) return { found: 'no-repository' };
    return { found: 'image', config: image.config, diffIds: image.config.rootfs.diff_ids };
  }

  #busybox(): Image {
    const tar = new TarWriter();
    const time = 1_714_521_600_000_000_000n;
    const common = { uid: 0, gid: 0, mtime: time, size: 0 } as const;
    for (const folder of ['bin/', 'etc/', 'root/', 'tmp/', 'usr/', 'usr/bin/'])
      tar.add({ ...common, name: folder, kind: 'directory', mode: 0o755 });
    tar.add({ ...common, name: 'bin/busybox', kind: 'file', mode: 0o755 }, encoder.encode('busybox'));
    for (const name of ['sh', 'echo', 'cat', 'ls', 'touch', 'true', 'id']) {
      tar.add({ ...common, name: `bin/${name}`, kind: 'hardlink', mode: 0o755, target: 'bin/busybox' });
    }
    tar.add({ ...common, name: 'etc/passwd', kind: 'file', mode: 0o644 }, encoder.encode(passwd));
    tar.add(
      { ...common, name: 'etc/group', kind: 'file', mode: 0o644 },
      encoder.encode('root:x:0:\nwww-data:x:33:\nnogroup:x:65534:\n'),
    );
    const diffId = asDiffId(this.content.put(tar.finish()));
    const history = [{ created: '2024-05-01T00:00:00Z', comment: 'Imported from -' }];
    const config = { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] };
    return makeImage(this.content, { diffIds: [diffId], config, history, created: '2024-05-01T00:00:00Z' });
  }
}

export function folderOf(files: BenchFiles): FileSystem {
  const view = mountFileSystem(new PlainTree({ now: () => 1_750_000_000_123_456_789n }), { viewer: { umask: 0 } });
  writeInto(view, files, 1_750_000_000_123_456_789n);
  return view;
}

function writeInto(view: FileSystem, files: BenchFiles, time: bigint): void {
  for (const [path, content] of Object.entries(files)) {
    const at = `/${path}`;
    makeParents(view, dirname(at));
    const { text = '', bytes, mode = 0o644, link } = typeof content === 'string' ? { text: content } : content;
    if (link !== undefined) view.symlink(link, at);
    else {
      view.writeFile(at, bytes ?? encoder.encode(text), mode);
      view.chmod(at, mode);
    }
    view.lutimes(at, time, time);
  }
}

function makeParents(view: FileSystem, folder: string): void {
  if (view.exists(folder)) return;
  makeParents(view, dirname(folder));
  view.mkdir(folder, 0o755);
}
