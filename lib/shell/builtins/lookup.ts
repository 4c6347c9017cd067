/** command, type, hash. */
import { isReserved } from '../dialect';
import { Fault } from '../flow';
import { findExecutable, mayExecute } from '../search';
import type { Shell } from '../shell';
import { external, runBuiltin } from '../simple';
import { builtinNamed } from '.';
import type { Builtin, Builtins } from './builtin';
import { badOption } from './usage';

type Meaning =
  | { readonly kind: 'keyword' | 'function' }
  | { readonly kind: 'alias'; readonly value: string }
  | { readonly kind: 'builtin'; readonly builtin: Builtin }
  | { readonly kind: 'program'; readonly path: string };

function meaningOf(shell: Shell, name: string): Meaning | undefined {
  const alias = shell.aliases.get(name);
  if (alias !== undefined) return { kind: 'alias', value: alias };
  if (isReserved(name, shell.dialect)) return { kind: 'keyword' };
  if (shell.functions.has(name)) return { kind: 'function' };
  const builtin =
    name === '[[' && shell.dialect !== 'dash' ? builtinNamed(shell.dialect, '[') : builtinNamed(shell.dialect, name);
  if (builtin) return { kind: 'builtin', builtin };
  const path = findExecutable(shell, name);
  return path && mayExecute(shell, path) ? { kind: 'program', path } : undefined;
}

function sentence(shell: Shell, name: string, meaning: Meaning): string {
  const gnu = shell.dialect === 'gnu';
  switch (meaning.kind) {
    case 'keyword':
      return `${name} is a shell keyword`;
    case 'function':
      return `${name} is a ${shell.dialect === 'dash' ? 'shell ' : ''}function${gnu ? `\n${shell.functions.get(name)?.text ?? ''}` : ''}`;
    case 'alias':
      return gnu ? `${name} is aliased to \`${meaning.value}'` : `${name} is an alias for ${meaning.value}`;
    case 'builtin':
      return `${name} is a ${meaning.builtin.special && !gnu ? 'special ' : ''}shell builtin`;
    case 'program':
      return `${name} is ${meaning.path}`;
  }
}

async function describe(shell: Shell, names: readonly string[], who: string): Promise<number> {
  let status = 0;
  for (const name of names) {
    const meaning = meaningOf(shell, name);
    if (meaning) await shell.process.print(`${sentence(shell, name, meaning)}\n`);
    else {
      status = shell.dialect === 'gnu' ? 1 : 127;
      if (shell.dialect === 'gnu') await shell.complain(`${name}: not found`, who);
      else await shell.process.print(`${name}: not found\n`);
    }
  }
  return status;
}

async function type(shell: Shell, args: readonly string[]): Promise<number> {
  if (shell.dialect === 'gnu' && args[0] === '-t') return kinds(shell, args.slice(1));
  return describe(
    shell,
    args.filter((arg) => !/^-[apP]$/.test(arg)),
    'type',
  );
}

async function kinds(shell: Shell, names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names) {
    const meaning = meaningOf(shell, name);
    if (meaning) await shell.process.print(`${meaning.kind === 'program' ? 'file' : meaning.kind}\n`);
    else status = 1;
  }
  return status;
}

async function command(shell: Shell, args: readonly string[]): Promise<number> {
  let at = 0;
  let flag: string | undefined;
  for (; args[at]?.startsWith('-') && args[at] !== '-'; at++) {
    if (args[at] === '--') {
      at++;
      break;
    }
    if (!/^-[pvV]+$/.test(args[at]!)) throw badOption(shell, 'command', args[at]!);
    flag = args[at]!.replace(/[-p]/g, '').slice(-1) || flag;
  }
  const rest = args.slice(at);
  if (flag === 'V') return describe(shell, rest, 'command');
  if (flag === 'v') return find(shell, rest);
  if (rest.length === 0) return 0;
  const builtin = builtinNamed(shell.dialect, rest[0]!);
  if (builtin) return runBuiltin(shell, { run: builtin.run }, rest, []);
  return external(shell, rest, [], false);
}

async function find(shell: Shell, names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names) {
    const meaning = meaningOf(shell, name);
    if (meaning?.kind === 'alias') await shell.process.print(`alias ${name}='${meaning.value}'\n`);
    else if (meaning) await shell.process.print(`${meaning.kind === 'program' ? meaning.path : name}\n`);
    else status = shell.dialect === 'gnu' ? 1 : 127;
  }
  return status;
}

/** Nothing is remembered, so there is nothing to show; names are looked for. */
async function hash(shell: Shell, args: readonly string[]): Promise<number> {
  let status = 0;
  if (args.length === 0 && shell.dialect === 'gnu') await shell.process.print('hash: hash table empty\n');
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    if (builtinNamed(shell.dialect, name) || findExecutable(shell, name)) continue;
    await shell.complain(`${name}: not found`, 'hash');
    status = 1;
  }
  return status;
}

export const lookup: Builtins = {
  command: { run: command },
  type: { run: type },
  hash: { run: hash },
  builtin: {
    gnu: true,
    run: (shell, args) => {
      const found = builtinNamed(shell.dialect, args[0] ?? '');
      if (!found) throw new Fault(`${args[0]}: not a shell builtin`, 1, false);
      return found.run(shell, args.slice(1), args[0]!);
    },
  },
};
