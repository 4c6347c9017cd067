import { trim } from './characters';
import { instructionError } from './error';
import { type FlagKind, type Flags, readFlags } from './flags';
import type { Instruction } from './instruction';
import type { Node } from './node';
import { readAdd, readCopy } from './read-copy';
import { readHealthcheck } from './read-healthcheck';
import { readOnbuild } from './read-onbuild';
import { readRun } from './read-run';
import { didYouMean, suggest } from './suggest';

/** Dialect of the syntax directive: `labs` has what the stable syntax does not know yet. */
export interface Dialect {
  readonly labs: boolean;
}

/** What a reader of one instruction gets. */
export interface Reading {
  readonly node: Node;
  readonly dialect: Dialect;
  readonly written: Pick<Instruction, 'keyword' | 'original' | 'range' | 'comments'>;
  flags(known: Readonly<Record<string, FlagKind>>): Flags;
  fail(reason: string): Error;
}

const readers: Readonly<Record<Instruction['kind'], (reading: Reading) => Instruction>> = {
  add: readAdd,
  arg: readArg,
  cmd: readCmd,
  copy: readCopy,
  entrypoint: readEntrypoint,
  env: readEnv,
  expose: readExpose,
  from: readFrom,
  healthcheck: readHealthcheck,
  label: readLabel,
  maintainer: readMaintainer,
  onbuild: readOnbuild,
  run: readRun,
  shell: readShell,
  stopsignal: readStopsignal,
  user: readUser,
  volume: readVolume,
  workdir: readWorkdir,
};

/** The names of all instructions, in lower case. */
export const instructionNames: readonly string[] = Object.keys(readers);

/** A node → what it means. Throws a DockerfileError with the line. */
export function readInstruction(node: Node, dialect: Dialect): Instruction {
  const name = node.name.toLowerCase();
  const { range, comments, original } = node;
  if (!Object.hasOwn(readers, name)) {
    const better = suggest(node.name, instructionNames);
    throw instructionError(range, `unknown instruction: ${node.name}${didYouMean(better)}`, better);
  }
  return readers[name as Instruction['kind']]({
    node,
    dialect,
    written: { keyword: node.name, original, range, comments },
    flags: (known) => readFlags(node.flags, known, range),
    fail: (reason) => instructionError(range, reason),
  });
}

function needSome({ node, fail }: Reading, count: number): void {
  if (count === 0) throw fail(`${node.name.toUpperCase()} requires at least one argument`);
}

function onlyWord({ node, fail }: Reading): string {
  if (node.words.length === 1) return node.words[0]!;
  throw fail(`${node.name.toUpperCase()} requires exactly one argument`);
}

function readFrom(reading: Reading): Instruction {
  const { node, fail, written } = reading;
  const [base = '', as, stage] = node.words;
  const named = node.words.length === 3 && as!.toLowerCase() === 'as';
  if (node.words.length !== 1 && !named) throw fail('FROM requires either one or three arguments');
  if (named && !/^[a-z][a-z0-9-_.]*$/.test(stage!.toLowerCase())) {
    throw fail(`invalid name for build stage: "${stage}", name can't start with a number or contain symbols`);
  }
  const platform = reading.flags({ platform: 'text' }).text('platform');
  return { kind: 'from', ...written, base, ...(named ? { as, stage } : {}), platform };
}

function readArg(reading: Reading): Instruction {
  needSome(reading, reading.node.words.length);
  const read = reading.node.words.map((word) => {
    const equals = word.indexOf('=');
    const key = equals < 0 ? word : word.slice(0, equals);
    if (key === '') throw reading.fail('ARG names can not be blank');
    return equals < 0 ? { key } : { key, value: word.slice(equals + 1) };
  });
  reading.flags({});
  return { kind: 'arg', ...reading.written, arguments: read };
}

function readPairs(reading: Reading) {
  const { pairs, name } = reading.node;
  needSome(reading, pairs.length);
  reading.flags({});
  if (pairs.some(({ key }) => key === '')) throw reading.fail(`${name.toUpperCase()} names can not be blank`);
  return pairs;
}

function readEnv(reading: Reading): Instruction {
  return { kind: 'env', ...reading.written, pairs: readPairs(reading) };
}

function readLabel(reading: Reading): Instruction {
  return { kind: 'label', ...reading.written, pairs: readPairs(reading) };
}

function readMaintainer(reading: Reading): Instruction {
  const maintainer = onlyWord(reading);
  reading.flags({});
  return { kind: 'maintainer', ...reading.written, maintainer };
}

function command({ node }: Reading): { readonly form: 'shell' | 'exec'; readonly words: readonly string[] } {
  return { form: node.json ? 'exec' : 'shell', words: node.words };
}

function readCmd(reading: Reading): Instruction {
  reading.flags({});
  return { kind: 'cmd', ...reading.written, command: command(reading) };
}

function readEntrypoint(reading: Reading): Instruction {
  reading.flags({});
  return { kind: 'entrypoint', ...reading.written, command: command(reading) };
}

function readWorkdir(reading: Reading): Instruction {
  const path = onlyWord(reading);
  reading.flags({});
  return { kind: 'workdir', ...reading.written, path };
}

function readUser(reading: Reading): Instruction {
  const user = onlyWord(reading);
  reading.flags({});
  return { kind: 'user', ...reading.written, user };
}

function readExpose(reading: Reading): Instruction {
  needSome(reading, reading.node.words.length);
  reading.flags({});
  return { kind: 'expose', ...reading.written, ports: [...reading.node.words].sort() };
}

function readVolume(reading: Reading): Instruction {
  needSome(reading, reading.node.words.length);
  reading.flags({});
  const paths = reading.node.words.map(trim);
  if (paths.includes('')) throw reading.fail('VOLUME specified can not be an empty string');
  return { kind: 'volume', ...reading.written, paths };
}

function readStopsignal(reading: Reading): Instruction {
  const signal = onlyWord(reading);
  reading.flags({});
  return { kind: 'stopsignal', ...reading.written, signal };
}

function readShell(reading: Reading): Instruction {
  reading.flags({});
  needSome(reading, reading.node.words.length);
  if (!reading.node.json) throw reading.fail('SHELL requires the arguments to be in JSON form');
  return { kind: 'shell', ...reading.written, shell: reading.node.words };
}
