import { gunzipSync, gzipSync } from 'fflate';
import type { FileSystem } from '../../fs';
import { basename, dirname, join, mountFileSystem } from '../../fs';
import type { Image } from '../../image';
import { TarWriter } from '../../layer';
import { Union } from '../../snapshot';
import type { Scenario, ScenarioFile, Step } from '../fixtures/scenarios';
import { imageBuilder } from '../image-builder';
import { smallShell } from './small-shell';
import { type BenchFiles, Workbench } from './workbench';

/** The command says this before it asks for the classic builder. */
const deprecated = [
  'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.',
  '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0',
  '            environment-variable.',
  '\n',
].join('\n');

/** What one `docker build` said, and what it made. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly image?: Image;
}

/** Plays the steps of a scenario on our builder, as the `docker` command would. */
export class DockerBuild {
  readonly bench = new Workbench();

  constructor(readonly scenario: Scenario) {
    this.bench.context(benchFiles(scenario.files));
  }

  async play({ args, change, classic }: Step): Promise<Said> {
    if (change) this.bench.change(benchFiles(change));
    const flags = readFlags(args);
    const out = { stdout: '', stderr: classic ? deprecated : '' };
    const { bench } = this;
    let image: Image | undefined;
    const path = join('/', flags.path);
    const name = flags.file ?? 'Dockerfile';
    const dockerfile = read(bench.files, join(path, name));
    const { content, layers, cache, clock, chance } = bench;
    const { sources } = bench.options('');
    const builder = imageBuilder({
      ...{ content, layers, cache, clock, chance, sources, runner: smallShell, gunzip: gunzipSync },
      keep: (made, tags, intermediate) => {
        image = made;
        for (const one of [made, ...intermediate]) bench.images.set(one.imageId, one);
        for (const tag of tags) bench.images.set(`docker.io/${tag}${tag.includes(':') ? '' : ':latest'}`, made);
      },
    });
    const outcome = await builder({
      context: bench.files,
      contextPath: path,
      dockerfile,
      dockerfileName: name,
      ...{
        tags: flags.tags,
        target: flags.target,
        buildArgs: flags.buildArgs,
        labels: flags.labels,
        noCache: flags.noCache,
      },
      ...{ pull: false, secrets: secrets(bench.files, flags.secrets), addHosts: [] },
      mode: flags.check
        ? 'check'
        : classic
          ? flags.quiet
            ? 'classic-quiet'
            : 'classic'
          : flags.quiet
            ? 'quiet'
            : 'buildkit',
      output: (stream, text) => {
        out[stream] += text;
      },
    });
    return { ...out, exitCode: outcome.ok ? 0 : outcome.exitCode, image };
  }

  /** Lines as `find PATHS -exec stat -c '%A %u:%g %s %F %n'` prints them. */
  listing(image: Image, paths: string): string[] {
    const { bench } = this;
    const lower = bench.layers.lower(image.config.rootfs.diff_ids);
    const files = mountFileSystem(new Union({ lower, now: () => bench.clock.now() }));
    return paths.split(' ').flatMap((path) => listed(files, path));
  }
}

function listed(files: FileSystem, path: string): string[] {
  if (!files.exists(dirname(path)) || !files.readdir(dirname(path)).some(({ name }) => name === basename(path))) {
    return [`find: ${path}: No such file or directory`];
  }
  const { kind, mode, uid, gid, size } = files.lstat(path);
  const names = { file: 'regular file', directory: 'directory', symlink: 'symbolic link' } as Record<string, string>;
  const what = kind === 'file' && size === 0 ? 'regular empty file' : names[kind];
  const line = `${modeText(kind, mode)} ${uid}:${gid} ${size} ${what} ${path}`;
  return kind === 'directory'
    ? [line, ...files.readdir(path).flatMap(({ name }) => listed(files, join(path, name)))]
    : [line];
}

function modeText(kind: string, mode: number): string {
  const letter = { directory: 'd', symlink: 'l' }[kind] ?? '-';
  const bits = [...'rwxrwxrwx'].map((bit, index) => (mode & (1 << (8 - index)) ? bit : '-'));
  return letter + bits.join('');
}

function read(files: FileSystem, path: string): string | undefined {
  return files.exists(path) ? new TextDecoder().decode(files.readFile(path)) : undefined;
}

function secrets(files: FileSystem, flags: readonly string[]): Record<string, Uint8Array> {
  const fields = flags.map(
    (flag) => Object.fromEntries(flag.split(',').map((field) => field.split('='))) as Record<string, string>,
  );
  return Object.fromEntries(fields.map(({ id, src }) => [id!, files.readFile(`/${src}`)]));
}

function readFlags(args: readonly string[]) {
  const flags = {
    path: '.',
    file: undefined as string | undefined,
    target: undefined as string | undefined,
    tags: [] as string[],
    buildArgs: {} as Record<string, string>,
    labels: {} as Record<string, string>,
    secrets: [] as string[],
    noCache: false,
    quiet: false,
    check: false,
  };
  const pair = (text: string) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at]!;
    const value = () => args[(at += 1)]!;
    if (word === '-t') flags.tags.push(value());
    else if (word === '-f') flags.file = value();
    else if (word === '--target') flags.target = value();
    else if (word === '--secret') flags.secrets.push(value());
    else if (word === '--build-arg') Object.assign(flags.buildArgs, Object.fromEntries([pair(value())]));
    else if (word === '--label') Object.assign(flags.labels, Object.fromEntries([pair(value())]));
    else if (word === '--no-cache') flags.noCache = true;
    else if (word === '-q') flags.quiet = true;
    else if (word === '--check') flags.check = true;
    else if (!word.startsWith('-')) flags.path = word;
  }
  return flags;
}

function benchFiles(files: Scenario['files']): BenchFiles {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, benchFile(path, content)]));
}

function benchFile(path: string, content: string | ScenarioFile): BenchFiles[string] {
  if (typeof content === 'string' || !content.archive) return content as BenchFiles[string];
  const tar = new TarWriter();
  const common = { uid: 0, gid: 0, mtime: 1_700_000_000_000_000_000n, size: 0 };
  const folders = new Set(
    Object.keys(content.archive).flatMap((name) =>
      name.includes('/') ? [name.slice(0, name.lastIndexOf('/') + 1)] : [],
    ),
  );
  for (const name of folders) tar.add({ ...common, name, kind: 'directory', mode: 0o755 });
  for (const [name, text] of Object.entries(content.archive))
    tar.add({ ...common, name, kind: 'file', mode: 0o644 }, new TextEncoder().encode(text));
  const packed = tar.finish();
  const whole = new Uint8Array(Math.ceil(packed.length / 10240) * 10240);
  whole.set(packed);
  return { bytes: path.endsWith('.gz') ? gzipSync(whole) : whole };
}
