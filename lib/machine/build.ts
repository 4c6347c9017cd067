import type { ContentStore } from '../content';
import type { Engine } from '../engine';
import { Failure, refused } from '../errors';
import { type FileSystem, mountFileSystem, PlainTree } from '../fs';
import type { MachineCommand, Outcome } from './machine';
import { publishedImage } from './published';

type BuildCommand = Extract<MachineCommand, { type: 'image:build' }>;

/**
 * `docker build -t reference .` in a folder that holds exactly the Dockerfile and these files; `told` hears what the builder
 * says, as it says it; `signal` ends it.
 */
export async function buildImage(
  engine: Engine,
  content: ContentStore,
  command: BuildCommand,
  { told, signal }: { readonly told: (text: string) => void; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { builder } = engine;
  if (!builder) throw refused('build.none');
  let output = '';
  const built = await builder({
    context: contextOf(command),
    contextPath: '/',
    dockerfile: command.dockerfile,
    dockerfileName: 'Dockerfile',
    tags: [command.reference],
    buildArgs: {},
    labels: {},
    noCache: false,
    pull: false,
    secrets: {},
    addHosts: [],
    mode: 'buildkit',
    signal,
    output: (_stream, text) => {
      output += text;
      told(text);
    },
  });
  if (!built.ok && signal.aborted) throw refused('build.stopped', { output });
  if (!built.ok) throw new Failure('invalid', lastError(output), { output });
  const image = publishedImage(engine.daemon.state, content, command.reference);
  if (!image) throw refused('image.name', { reference: command.reference, field: 'reference' });
  return { ok: true, image, output };
}

function contextOf({ dockerfile, files }: BuildCommand): FileSystem {
  const fs = mountFileSystem(new PlainTree({ now: () => 0n }));
  fs.writeFile('/Dockerfile', new TextEncoder().encode(dockerfile));
  for (const { path, text, base64 } of files) {
    const target = `/${path
      .split('/')
      .filter((part) => part && part !== '.')
      .join('/')}`;
    if (target.split('/').includes('..')) throw refused('build.path', { path, field: 'files' });
    makeFolders(fs, target);
    fs.writeFile(target, text === undefined ? fromBase64(base64 ?? '') : new TextEncoder().encode(text));
  }
  return fs;
}

function makeFolders(fs: FileSystem, path: string): void {
  const parts = path.split('/').slice(1, -1);
  parts.forEach((_, index) => {
    const folder = `/${parts.slice(0, index + 1).join('/')}`;
    if (!fs.exists(folder)) fs.mkdir(folder);
  });
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** The line in which BuildKit says why, for those who read only one. */
function lastError(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.filter((line) => line.startsWith('ERROR')).pop() ?? lines.pop() ?? 'The build failed.').replace(
    /^ERROR: /,
    '',
  );
}
