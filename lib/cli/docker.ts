import type { Engine } from '../engine';
import { Failure } from '../errors';
import type { Process, Program } from '../process';
import { checkArity } from './arity';
import { commandFor } from './commands';
import { parseFlags } from './flags';
import { buildHelpPage, groupPage, helpPage, rootPage, usageLine } from './help';
import { daemonSentence, type Invocation } from './invocation';
import { findCommand, groups } from './table';
import { buildxBuild } from './table/buildx';
import type { Declared } from './table/declare';
import { globalFlags } from './table/global';
import { CommandError } from './usage-error';

/** One command as it was understood, told before it is done. */
export interface Said {
  /** Its first name in the table, whatever it was called by: `container rm` for `docker rm`. */
  readonly command: string;
  readonly args: readonly string[];
  /** `-f` was given. */
  readonly forced: boolean;
}

/** Told of every command that is about to be done; what it answers is told the exit code. */
export type Listener = (said: Said) => (exitCode: number) => void;

const nobody: Listener = () => () => {};

/** The `docker` command as a program: its words → one engine call → words. */
export function dockerProgram(engine: Engine, listener: Listener = nobody): Program {
  return async (process) => {
    const words = process.argv.slice(1);
    try {
      return await runWords({ engine, process, listener }, words);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      await process.printError(rootComplaint(error));
      return error.exitCode;
    }
  };
}

function rootComplaint(error: CommandError): string {
  if (error.hint !== 'usage') return `${error.message}\n`;
  return `${error.message}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n`;
}

interface Called {
  readonly engine: Engine;
  readonly process: Process;
  readonly listener: Listener;
}

async function runWords(called: Called, words: readonly string[]): Promise<number> {
  const { process } = called;
  const global = parseFlags(words, globalFlags(process.env.HOME ?? '/root'), true);
  if (global.flags.on('version') && !global.args.length) {
    await process.print('Docker version 28.5.2, build dockerland\n');
    return 0;
  }
  const rest = global.args[0] === 'help' ? [...global.args.slice(1), '--help'] : global.args;
  if (global.help || rest.length === 0 || rest[0] === '--help') {
    const page = rootPage(globalFlags(process.env.HOME ?? '/root'));
    await (words.length ? process.print(page) : process.printError(page));
    return 0;
  }
  return runCommand(called, rest);
}

async function runCommand(called: Called, words: readonly string[]): Promise<number> {
  const { process } = called;
  const { path, command, rest } = resolve(words);
  if (!command) return unknownOrGroup(process, path, rest);
  const legacy = isLegacyBuild(command, process);
  if (legacy) await process.printError(deprecation);
  const declared = buildsWithBuildKit(command, process) ? { ...command, flags: buildxBuild.flags } : command;
  try {
    return await runDeclared(called, declared, path, rest);
  } catch (error) {
    return complain(process, declared, buildsWithBuildKit(command, process) ? 'buildx build' : path, error);
  }
}

const deprecation = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

`;

const isBuild = (command: Declared) => command.paths[0] === 'image build';
const isLegacyBuild = (command: Declared, process: Process) => isBuild(command) && process.env.DOCKER_BUILDKIT === '0';
const buildsWithBuildKit = (command: Declared, process: Process) =>
  isBuild(command) && process.env.DOCKER_BUILDKIT !== '0';

/** Words after which a flag belongs to the program in the container, not to docker. */
const stopsAtArgument = new Set(['container run', 'container create', 'container exec', 'container top', 'plugin set']);

async function runDeclared(
  { engine, process, listener }: Called,
  command: Declared,
  path: string,
  words: readonly string[],
): Promise<number> {
  const { flags, args, help } = parseFlags(words, command.flags, stopsAtArgument.has(command.paths[0]!));
  if (help) {
    await process.print(buildsWithBuildKit(command, process) ? buildHelpPage() : helpPage(command, path));
    return 0;
  }
  if (buildsWithBuildKit(command, process)) checkBuildArity(args);
  else checkArity(command, path, args);
  const call: Invocation = { process, engine, command, path, flags, args };
  const done = listener({ command: command.paths[0]!, args, forced: flags.on('force') });
  return heard(done, async () => {
    // Most of what a command waits for happens in the engine: signals reach the client all the same.
    return process.until(commandFor(command)(call));
  });
}

/** Whatever goes wrong counts as 1 for who listens; here it becomes words later. */
async function heard(done: (exitCode: number) => void, work: () => Promise<number>): Promise<number> {
  let exitCode = 1;
  try {
    exitCode = await work();
    return exitCode;
  } finally {
    done(exitCode);
  }
}

function checkBuildArity(args: readonly string[]): void {
  if (args.length === 1) return;
  const usage = 'Usage:  docker buildx build [OPTIONS] PATH | URL | -';
  throw new CommandError(
    `ERROR: docker: 'docker buildx build' requires 1 argument\n\n${usage}\n\nRun 'docker buildx build --help' for more information`,
  );
}

/** The longest run of words that names a command or a group. */
function resolve(words: readonly string[]): { path: string; command?: Declared; rest: readonly string[] } {
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const path = words.slice(0, count).join(' ');
    const command = findCommand(path);
    if (command) return { path, command, rest: words.slice(count) };
    if (groups[path] !== undefined) return { path, rest: words.slice(count) };
  }
  return { path: '', rest: words };
}

async function unknownOrGroup(process: Process, path: string, rest: readonly string[]): Promise<number> {
  const [first] = rest;
  if (path && (first === undefined || first === '--help' || first === '-h')) {
    if (path === 'builder' && process.env.DOCKER_BUILDKIT === '0') await process.printError(deprecation);
    await (first === undefined ? process.printError(groupPage(path)) : process.print(groupPage(path)));
    return 0;
  }
  if (path && first!.startsWith('-')) {
    const name = first!.startsWith('--')
      ? `unknown flag: ${first!.split('=')[0]}`
      : `unknown shorthand flag: '${first![1]}' in ${first}`;
    await process.printError(
      `${name}\n\nUsage:  docker ${path} COMMAND\n\nRun 'docker ${path} --help' for more information\n`,
    );
    return 125;
  }
  const called = `docker ${path ? `${path} ` : ''}${first}`;
  const usage = path ? `\n\nUsage:  docker ${path}\n\nRun 'docker ${path} --help'` : "\n\nRun 'docker --help'";
  await process.printError(`docker: unknown command: ${called}${usage} for more information\n`);
  return 1;
}

async function complain(process: Process, command: Declared, path: string, error: unknown): Promise<number> {
  if (error instanceof Failure && error.code !== 'internal') {
    await process.printError(`${error.code === 'unsupported' ? error.message : daemonSentence(error)}\n`);
    return 1;
  }
  if (!(error instanceof CommandError)) throw error;
  const usage = `\nUsage:  ${usageLine(command, path)}\n`;
  const more = `\nRun 'docker ${path} --help' for more information\n`;
  const hint = error.hint === 'usage' ? `${usage}${more}` : error.hint === 'more' ? more : '';
  await process.printError(`${error.message}\n${hint}`);
  return error.exitCode;
}
