import {
  type Copying,
  chomped,
  type Evaluated,
  evaluate,
  expand,
  type Given,
  type Instruction,
  type InstructionKind,
  type LineRange,
  type Port,
  type PortRange,
  portsOf,
  type RunInstruction,
  type StageScope,
  type Variables,
} from '../dockerfile';
import { unreachable } from '../errors';
import { resolve } from '../fs';
import { BuildFailure } from './build-failure';
import { copyText, healthcheckText, plainList, quotedList, runText } from './history-text';
import { defaultShell, environmentOf, healthcheckOf, type Settings, withPorts } from './settings';
import type { PlannedHistory } from './stage-plan';
import type { CopyStep, RunStep, Step, WorkdirStep } from './step';

/** A stage while its instructions are taken one by one. */
export interface Draft {
  readonly scope: StageScope;
  readonly settings: Settings;
  /** The image's variables: `settings.Env` once the stage is planned. */
  readonly environment: Map<string, string>;
  readonly steps: Step[];
  readonly history: PlannedHistory[];
  author?: string;
  /** How many EXPOSE has named. */
  ports: number;
  /** CMD stood in this stage: ENTRYPOINT then leaves it alone. */
  cmdSet: boolean;
  /** Before each title, for what a base image's ONBUILD brings: `ONBUILD `. */
  prefix: string;
  /** `--build-arg` values that every RUN gets without asking: proxies. */
  readonly proxies: ReadonlyMap<string, string>;
}

/** The beginning of a stage. The settings become the draft's own. */
export function draftOf(settings: Settings, scope: StageScope, author: string | undefined, given: Variables): Draft {
  const environment = environmentOf(settings);
  const common = { steps: [], history: [], ports: 0, cmdSet: false, prefix: '' };
  return { scope, settings, environment, author, ...common, proxies: proxies(given) };
}

const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

function proxies(values: Variables): ReadonlyMap<string, string> {
  return new Map([...values].filter(([name]) => proxyNames.includes(name)));
}

/** Takes one instruction into the draft, and answers what it came to. Throws a DockerfileError or BuildFailure with the place. */
export function planInstruction(draft: Draft, instruction: Instruction, given: Given): Evaluated {
  const done = evaluate(instruction, draft.scope, given);
  take(draft, instruction, done);
  return done;
}

function take(draft: Draft, instruction: Instruction, done: Evaluated): void {
  const { settings } = draft;
  switch (done.kind) {
    case 'arg':
      note(
        draft,
        `ARG ${done.arguments.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(' ')}`,
      );
      return;
    case 'env':
      // Docker keeps a variable without a name, in an image in which nothing can be run. The words are those of `ENV =x`.
      if (done.pairs.some(([key]) => key === ''))
        throw new BuildFailure('ENV names can not be blank', instruction.range);
      for (const [key, value] of done.pairs) draft.environment.set(key, value);
      note(draft, `ENV ${pairsText(done.pairs)}`);
      return;
    case 'label':
      settings.Labels = Object.assign(settings.Labels ?? {}, Object.fromEntries(done.pairs));
      note(draft, `LABEL ${pairsText(done.pairs)}`);
      return;
    case 'maintainer':
      draft.author = done.maintainer;
      note(draft, `MAINTAINER ${done.maintainer}`);
      return;
    case 'add':
    case 'copy':
      step(draft, copyStep(draft, instruction, done), copyText(done.kind === 'add' ? 'ADD' : 'COPY', done));
      return;
    case 'run': {
      const run = runStep(draft, instruction as RunInstruction, done);
      step(draft, run, runText(run.argv, run.given));
      return;
    }
    case 'cmd':
      settings.Cmd = argv(done.command, settings);
      settings.ArgsEscaped = true;
      draft.cmdSet = true;
      note(draft, `CMD ${quotedList(settings.Cmd)}`);
      return;
    case 'entrypoint':
      settings.Entrypoint = argv(done.command, settings);
      settings.ArgsEscaped = true;
      if (!draft.cmdSet) settings.Cmd = null;
      note(draft, `ENTRYPOINT ${quotedList(settings.Entrypoint)}`);
      return;
    case 'workdir': {
      settings.WorkingDir = workingFolder(settings, done.path);
      const workdir: WorkdirStep = {
        kind: 'workdir',
        path: settings.WorkingDir,
        ...planned(draft, instruction),
      };
      step(draft, workdir, `WORKDIR ${settings.WorkingDir}`);
      return;
    }
    case 'user':
      settings.User = done.user;
      note(draft, `USER ${done.user}`);
      return;
    case 'expose': {
      const ports = exposed(draft, done.ports, instruction.range);
      withPorts(settings, ports);
      note(draft, `EXPOSE ${plainList([...new Set(ports)].sort())}`);
      return;
    }
    case 'volume':
      settings.Volumes = Object.assign(
        settings.Volumes ?? {},
        Object.fromEntries(done.paths.map((path) => [path, {}])),
      );
      note(draft, `VOLUME ${plainList(done.paths)}`);
      return;
    case 'stopsignal':
      settings.StopSignal = done.signal;
      note(draft, `STOPSIGNAL ${done.signal}`);
      return;
    case 'healthcheck':
      settings.Healthcheck = healthcheckOf(done.healthcheck);
      note(draft, healthcheckText(done.healthcheck));
      return;
    case 'shell':
      settings.Shell = done.shell;
      note(draft, `SHELL ${plainList(done.shell)}`);
      return;
    case 'onbuild':
      settings.OnBuild = pushed(settings.OnBuild, done.expression);
      return;
    default:
      unreachable(done);
  }
}

/** An absolute path stays as it was written, `..` and all; only a relative one is joined. */
function workingFolder({ WorkingDir }: Settings, path: string): string {
  return path.startsWith('/') ? path : resolve(WorkingDir || '/', path || '.');
}

/** A range is written in a few letters and stands for thousands of ports. */
const mostPorts = 200_000;

function exposed(draft: Draft, ranges: readonly PortRange[], range: LineRange): Port[] {
  draft.ports += ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (draft.ports <= mostPorts) return ranges.flatMap(portsOf);
  throw new BuildFailure(`EXPOSE names more than ${mostPorts} ports`, range, 'exhausted');
}

function pairsText(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, value]) => `${key}=${value}`).join(' ');
}

/** These settings are the draft's own, so they may be added to where they are. */
function pushed(list: readonly string[] | null | undefined, text: string): readonly string[] {
  if (!list) return [text];
  (list as string[]).push(text);
  return list;
}

function note(draft: Draft, text: string): void {
  draft.history.push({ text });
}

function step(draft: Draft, made: Step, text: string): void {
  draft.steps.push(made);
  draft.history.push({ text, step: made });
}

function argv(command: { form: 'shell' | 'exec'; words: readonly string[] }, { Shell }: Settings): string[] {
  if (command.form === 'exec') return [...command.words];
  return [...(Shell ?? defaultShell), command.words.join(' ')];
}

/** The stage's ARGs with the values that they have by now. */
function argumentsOf(scope: StageScope): (readonly [string, string | undefined])[] {
  const values = new Map(scope.arguments.map(({ key, value }) => [key, value]));
  return [...values].map(([key, value]) => [key, scope.variables.get(key) ?? value] as const);
}

function planned(
  draft: Draft,
  instruction: Instruction,
  variables: ReadonlyMap<string, string> = draft.scope.variables,
) {
  return {
    title: draft.prefix + titleOf(instruction.original, instruction.kind, variables, draft.scope.token),
    range: instruction.range,
    user: draft.settings.User ?? '',
  };
}

/** The instruction as progress shows it: its keyword in capitals, variables put in. A RUN keeps its quotes. */
function titleOf(
  text: string,
  kind: InstructionKind,
  variables: ReadonlyMap<string, string>,
  token: '\\' | '`',
): string {
  let shown = text.trim();
  try {
    const run = kind === 'run';
    shown = expand(shown, variables, { escape: token, rawQuotes: run, keepUnset: run }).text;
  } catch {
    // What cannot be expanded is shown as it was written.
  }
  const end = shown.search(/\s|$/);
  return shown.slice(0, end).toUpperCase() + shown.slice(end);
}

function copyStep(
  draft: Draft,
  instruction: Instruction,
  done: Extract<Evaluated, { kind: 'add' | 'copy' }>,
): CopyStep {
  const { destination } = done;
  const slash = destination === '' || /(^|\/)\.?$/.test(destination);
  const path = resolve(draft.settings.WorkingDir || '/', destination || '.');
  return {
    kind: 'copy',
    ...planned(draft, instruction),
    copying: copyingOf(done),
    destination: slash && path !== '/' ? `${path}/` : path,
    from: done.kind === 'copy' ? done.from : undefined,
    parents: done.kind === 'copy' && done.parents,
    unpack: done.kind === 'add' && done.unpack !== false,
    add: done.kind === 'add',
  };
}

function copyingOf({ sources, files, destination, chown, chmod, chmodText, link, exclude }: Copying): Copying {
  return { sources, files, destination, chown, chmod, chmodText, link, exclude };
}

function runStep(draft: Draft, instruction: RunInstruction, done: Extract<Evaluated, { kind: 'run' }>): RunStep {
  const { settings, scope } = draft;
  const { words, script, summary } = command(instruction, settings);
  if (words.length === 0) throw new BuildFailure('failed to marshal LLB definition: arguments are required');
  const masked = new Map(scope.variables);
  for (const mount of done.mounts) if (mount.type === 'secret' && mount.env) masked.set(mount.env, '****');
  const { title, ...rest } = planned(draft, instruction, masked);
  return {
    kind: 'run',
    ...rest,
    title: summary === undefined ? title : `${title} (${summary})`,
    argv: words,
    env: new Map([...draft.proxies, ...scope.variables]),
    given: argumentsOf(scope),
    cwd: resolve('/', settings.WorkingDir || '/'),
    mounts: done.mounts,
    network: done.network,
    script,
  };
}

/** What RUN runs. A heredoc alone is the script; one that begins with `#!` is run as a file; others go through the shell. */
function command({ command: { form, words }, heredocs }: RunInstruction, settings: Settings) {
  if (form === 'exec') return { words };
  const shell = settings.Shell ?? defaultShell;
  const line = words.join(' ');
  if (heredocs.length === 0) return { words: [...shell, line] };
  const [first] = heredocs;
  if (heredocs.length === 1 && /^<<-?\s*\S+$/.test(line)) {
    const content = first!.chomp ? chomped(first!.content) : first!.content;
    if (!content.startsWith('#!')) return { words: [...shell, content], summary: summarised(content) };
    const path = `/dev/pipes/${first!.name}`;
    return { words: [...shell, path], script: { name: first!.name, content }, summary: summarised(content) };
  }
  const bodies = heredocs.map(({ content, name }) => `\n${content}${name}`);
  return { words: [...shell, line + bodies.join('')] };
}

function summarised(content: string): string {
  const lines = content.trim().split(/\r?\n/);
  return lines.length > 1 ? `${lines[0]}...` : (lines[0] ?? '');
}
