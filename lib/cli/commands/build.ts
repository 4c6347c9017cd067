import type { ImageRequest } from '../../builder';
import { Failure } from '../../errors';
import { FsError } from '../../fs';
import { type Process, writeFile } from '../../process';
import { contextFromTar } from '../build-context';
import { pairs } from '../create-options';
import { type Command, err, type Invocation, out } from '../invocation';
import { readAll } from '../read-all';
import { checkReference } from '../reference';
import { CommandError } from '../usage-error';

/** `docker build`: gathers the context and the Dockerfile, and lets the builder build. */
export const build: Command = async (call) => {
  const { engine, flags, process } = call;
  const classic = process.env.DOCKER_BUILDKIT === '0';
  const { builder } = engine;
  if (!builder) throw new Failure('unsupported', 'docker build is not supported by Dockerland here.');
  for (const tag of flags.list('tag'))
    checkReference(tag, (reason) =>
      classic ? reason : `ERROR: failed to build: invalid tag ${JSON.stringify(tag)}: ${shorter(reason)}`,
    );
  const source = await findSource(call, classic);
  const secrets = Object.fromEntries(flags.list('secret').map((spec) => secretOf(call, spec)));
  const ended = endedBy(process);
  const mode = flags.on('check') ? 'check' : flags.on('quiet') ? 'quiet' : classic ? 'classic' : 'buildkit';
  const outcome = await builder({
    ...source,
    tags: flags.list('tag'),
    target: flags.maybe('target'),
    buildArgs: buildArgs(call),
    labels: pairs(flags.list('label')),
    noCache: flags.on('no-cache'),
    pull: flags.on('pull'),
    platform: flags.maybe('platform'),
    secrets,
    network: flags.maybe('network'),
    addHosts: flags.list('add-host'),
    mode,
    signal: ended.signal,
    output: (stream, text) => (stream === 'stdout' ? out(call, text) : err(call, text)),
  });
  if (!outcome.ok) return ended.exitCode ?? outcome.exitCode;
  const iidfile = flags.maybe('iidfile');
  if (iidfile && outcome.image) await writeFile(process, iidfile, new TextEncoder().encode(outcome.image), 0o644);
  return 0;
};

/** Ctrl-C ends the build, which still says that it was canceled; the client's exit code is then the signal's. */
function endedBy(process: Process): { readonly signal: AbortSignal; readonly exitCode: number | undefined } {
  const stop = new AbortController();
  let exitCode: number | undefined;
  for (const [signal, code] of [
    ['INT', 130],
    ['TERM', 143],
  ] as const)
    process.onSignal(signal, () => {
      exitCode ??= code;
      stop.abort();
    });
  return {
    signal: stop.signal,
    get exitCode() {
      return exitCode;
    },
  };
}

/** BuildKit names only the rule. */
const shorter = (reason: string) =>
  reason.replace(/^invalid reference format: (repository name) \(.*\) (must be lowercase)$/, '$1 $2');

type Source = Pick<ImageRequest, 'context' | 'contextPath' | 'dockerfile' | 'dockerfileName'>;

async function findSource(call: Invocation, classic: boolean): Promise<Source> {
  const { process, flags, args } = call;
  const [where = ''] = args;
  const file = flags.maybe('file');
  if (where === '-') return fromStdin(call, file);
  if (/^(https?|git|ssh):\/\//.test(where) || where.startsWith('git@'))
    throw new Failure('unsupported', 'docker build of a URL is not supported by Dockerland.');
  const contextPath = resolvePath(process.cwd, where);
  requireFolder(call, where, contextPath, classic);
  if (file === '-') {
    return {
      context: process.fs,
      contextPath,
      dockerfile: decode(await readAll(process)),
      dockerfileName: 'Dockerfile',
    };
  }
  const path =
    file === undefined ? `${contextPath === '/' ? '' : contextPath}/Dockerfile` : resolvePath(process.cwd, file);
  return {
    context: process.fs,
    contextPath,
    dockerfile: await readDockerfile(call, path, classic, file),
    dockerfileName: flags.on('check') ? shownPath(where, file) : path.split('/').pop()!,
  };
}

/** `--check` names the file as the person would. */
function shownPath(where: string, file: string | undefined): string {
  return (file ?? `${where}/Dockerfile`).replace(/^(\.\/)+/, '').replace(/\/+/g, '/');
}

async function fromStdin(call: Invocation, file: string | undefined): Promise<Source> {
  const bytes = await readAll(call.process);
  const context = contextFromTar(bytes, call.engine.clock);
  if (!context) return { contextPath: '/', dockerfile: decode(bytes), dockerfileName: 'Dockerfile' };
  const name = file ?? 'Dockerfile';
  const path = resolvePath('/', name);
  if (!context.exists(path))
    throw new CommandError(
      `ERROR: failed to build: failed to solve: failed to read dockerfile: open ${name}: no such file or directory`,
    );
  return { context, contextPath: '/', dockerfile: decode(context.readFile(path)), dockerfileName: name };
}

function requireFolder(call: Invocation, where: string, path: string, classic: boolean): void {
  try {
    if (call.process.fs.stat(path).kind === 'directory') return;
    throw new CommandError(
      classic
        ? `unable to prepare context: context must be a directory: ${path}`
        : `ERROR: failed to build: unable to prepare context: path ${JSON.stringify(where)} not found`.replace(
            'not found',
            'is not a directory',
          ),
    );
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new CommandError(
      classic
        ? `unable to prepare context: path ${JSON.stringify(where)} not found`
        : `ERROR: failed to build: unable to prepare context: path ${JSON.stringify(where)} not found`,
    );
  }
}

async function readDockerfile(
  call: Invocation,
  path: string,
  classic: boolean,
  given: string | undefined,
): Promise<string> {
  try {
    return decode(call.process.fs.readFile(path));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (classic)
      throw new CommandError(
        `unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${path}: no such file or directory`,
      );
    const name = given?.split('/').pop() ?? 'Dockerfile';
    if (!call.flags.on('quiet')) await err(call, sending(name));
    throw new CommandError(
      `ERROR: failed to build: failed to solve: failed to read dockerfile: open ${name}: no such file or directory`,
    );
  }
}

/** BuildKit first sends the folder in which the Dockerfile should be. */
const sending = (name: string) => `#0 building with "default" instance using docker driver

#1 [internal] load build definition from ${name}
#1 transferring dockerfile: 2B done
#1 DONE 0.0s
`;

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** A build argument without a value takes the person's own; undefined when there is none. */
function buildArgs(call: Invocation): Record<string, string | undefined> {
  return Object.fromEntries(
    call.flags.list('build-arg').map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? [text, call.process.env[text]] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** `id=name,src=path` or `id=name,env=NAME`. */
function secretOf(call: Invocation, spec: string): [string, Uint8Array] {
  const fields = new Map(spec.split(',').map((field) => field.split('=') as [string, string]));
  const path = fields.get('src') ?? fields.get('source');
  const id = fields.get('id') ?? path?.split('/').pop() ?? '';
  if (path) {
    try {
      return [id, call.process.fs.readFile(resolvePath(call.process.cwd, path))];
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      throw new CommandError(`ERROR: failed to build: failed to stat ${path}: stat ${path}: no such file or directory`);
    }
  }
  const value = call.process.env[fields.get('env') ?? id];
  return [id, new TextEncoder().encode(value ?? '')];
}
