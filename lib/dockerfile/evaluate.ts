import { unreachable } from '../errors';
import { DockerfileError, type LineRange } from './error';
import type { Variables } from './expand';
import type { AddInstruction, Command, CopyInstruction, Healthcheck, Instruction, RunInstruction } from './instruction';
import { type ModeChange, ModeError, readMode } from './mode';
import { type Mount, MountError, readMount } from './mount';
import { PortError, type PortRange, readPorts } from './ports';
import type { BuildArgument, StageScope, Undefined } from './scope';
import { isSignal } from './signals';

/** A heredoc as the file that it stands for. */
export interface InlineFile {
  readonly name: string;
  readonly content: string;
}

/** What ADD or COPY is to do, all words known. */
export interface Copying {
  readonly sources: readonly string[];
  readonly files: readonly InlineFile[];
  readonly destination: string;
  readonly chown?: string;
  readonly chmod?: ModeChange;
  readonly chmodText?: string;
  readonly link: boolean;
  readonly exclude: readonly string[];
}

/** An instruction inside a stage with its variables put in: what is left is to do it. */
export type Evaluated =
  | { readonly kind: 'arg'; readonly arguments: readonly (BuildArgument & { readonly inherited: boolean })[] }
  | { readonly kind: 'env' | 'label'; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: 'maintainer'; readonly maintainer: string }
  | (Copying & { readonly kind: 'add'; readonly checksum?: string; readonly unpack?: boolean })
  | (Copying & { readonly kind: 'copy'; readonly from?: string; readonly parents: boolean })
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly files: readonly InlineFile[];
      readonly mounts: readonly Mount[];
      readonly network: RunInstruction['network'];
    }
  | { readonly kind: 'cmd' | 'entrypoint'; readonly command: Command }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'expose'; readonly ports: readonly PortRange[]; readonly specs: readonly string[] }
  | { readonly kind: 'volume'; readonly paths: readonly string[] }
  | { readonly kind: 'stopsignal'; readonly signal: string }
  | { readonly kind: 'healthcheck'; readonly healthcheck: Healthcheck }
  | { readonly kind: 'shell'; readonly shell: readonly string[] }
  | { readonly kind: 'onbuild'; readonly expression: string };

/** What the build was given, beside the Dockerfile. */
export interface Given {
  /** `--build-arg`. */
  readonly arguments: Variables;
  /** The global scope's values. */
  readonly global: Variables;
}

/** Expands and checks one instruction, and lets it change the scope (ENV, ARG). Throws a DockerfileError. */
export function evaluate(instruction: Instruction, scope: StageScope, given: Given, missing?: Undefined): Evaluated {
  const { range } = instruction;
  const word = (text: string) => scope.word(text, range, missing);
  switch (instruction.kind) {
    case 'from':
      throw new DockerfileError('FROM begins a stage', range);
    case 'arg':
      return { kind: 'arg', arguments: scope.arg(instruction, given.arguments, given.global, missing) };
    case 'env':
      return { kind: 'env', pairs: scope.env(instruction, missing) };
    case 'label':
      return { kind: 'label', pairs: instruction.pairs.map(({ key, value }) => [word(key), word(value)] as const) };
    case 'maintainer':
      return { kind: 'maintainer', maintainer: instruction.maintainer };
    case 'add': {
      const checksum = instruction.checksum === undefined ? undefined : word(instruction.checksum);
      if (checksum !== undefined && !instruction.sources.some(isRemote)) {
        throw new DockerfileError('checksum requires HTTP(S) or Git sources', range);
      }
      return { kind: 'add', ...copying(instruction, scope, missing), checksum, unpack: instruction.unpack };
    }
    case 'copy':
      return { ...copying(instruction, scope, missing), ...copyFrom(instruction) };
    case 'run':
      return run(instruction, scope, missing);
    case 'cmd':
    case 'entrypoint':
      return { kind: instruction.kind, command: instruction.command };
    case 'workdir':
      return { kind: 'workdir', path: word(instruction.path) };
    case 'user':
      return { kind: 'user', user: word(instruction.user) };
    case 'expose': {
      const specs = instruction.ports.flatMap((text) => scope.words(text, range));
      return { kind: 'expose', specs, ports: located(range, () => specs.map(readPorts)) };
    }
    case 'volume': {
      const paths = instruction.paths.map(word);
      if (paths.some((path) => path.trim() === '')) {
        throw new DockerfileError('VOLUME specified can not be an empty string', range);
      }
      return { kind: 'volume', paths };
    }
    case 'stopsignal': {
      const signal = word(instruction.signal);
      if (!isSignal(signal)) throw new DockerfileError(`invalid signal: ${signal}`, range);
      return { kind: 'stopsignal', signal };
    }
    case 'healthcheck':
      return { kind: 'healthcheck', healthcheck: instruction.healthcheck };
    case 'shell':
      return { kind: 'shell', shell: instruction.shell };
    case 'onbuild':
      return { kind: 'onbuild', expression: instruction.expression };
    default:
      return unreachable(instruction);
  }
}

/** Whether ADD is to fetch the source from elsewhere. */
export function isRemote(source: string): boolean {
  return /^(https?:\/\/|git:\/\/|git@)/i.test(source);
}

function copying(instruction: AddInstruction | CopyInstruction, scope: StageScope, missing?: Undefined): Copying {
  const { range } = instruction;
  const word = (text: string) => scope.word(text, range, missing);
  const chmodText = instruction.chmod === undefined ? undefined : word(instruction.chmod);
  return {
    sources: instruction.sources.map(word),
    destination: word(instruction.destination),
    files: instruction.heredocs.map((heredoc) => ({
      name: word(heredoc.name),
      content: scope.heredoc(heredoc, range, missing),
    })),
    chown: instruction.chown === undefined ? undefined : word(instruction.chown),
    chmod: chmodText ? located(range, () => readMode(chmodText)) : undefined,
    chmodText,
    link: instruction.link,
    exclude: instruction.exclude.map(word),
  };
}

function copyFrom({ from, parents, range }: CopyInstruction) {
  if (from?.includes('$')) {
    const advice = 'define a new stage with FROM using ARG from global scope as a workaround';
    const reason = `variable expansion is not supported for --from, ${advice}`;
    throw new DockerfileError(reason, undefined, '', undefined, range);
  }
  return { kind: 'copy' as const, from, parents };
}

function run(instruction: RunInstruction, scope: StageScope, missing?: Undefined): Evaluated {
  const { range, command, network } = instruction;
  const mounts = instruction.mounts.map((text) => located(range, () => readMount(scope.word(text, range, missing))));
  const files = instruction.heredocs.map(({ name, content }) => ({ name, content }));
  return { kind: 'run', command, files, mounts, network };
}

/** Gives an error that knows no place the instruction's. */
function located<T>(range: LineRange, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const known = error instanceof MountError || error instanceof PortError || error instanceof ModeError;
    throw known ? new DockerfileError(error.message, range) : error;
  }
}
