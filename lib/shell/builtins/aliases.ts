/** alias, unalias, history, shopt, help. */
import type { Shell } from '../shell';
import { ashQuoted, singleQuoted } from '../trace';
import type { Builtins } from './builtin';
import { usageOf } from './usage';

async function alias(shell: Shell, args: readonly string[]): Promise<number> {
  let status = 0;
  const gnu = shell.dialect === 'gnu';
  const show = (name: string) =>
    `${gnu ? 'alias ' : ''}${name}=${(gnu ? singleQuoted : ashQuoted)(shell.aliases.get(name)!)}\n`;
  if (args.length === 0) for (const name of [...shell.aliases.keys()].sort()) await shell.process.print(show(name));
  for (const arg of args) {
    const at = arg.indexOf('=', 1);
    if (at > 0) shell.alias(arg.slice(0, at), arg.slice(at + 1));
    else if (shell.aliases.has(arg)) await shell.process.print(show(arg));
    else {
      if (gnu) await shell.complain(`${arg}: not found`, 'alias');
      else await shell.tell(`alias: ${arg} not found\n`);
      status = 1;
    }
  }
  return status;
}

async function unalias(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0 && shell.dialect === 'gnu') {
    await shell.tell(usageOf('unalias'));
    return 2;
  }
  let status = 0;
  for (const name of args) {
    if (name === '-a') shell.unalias();
    else if (!shell.unalias(name)) {
      if (shell.dialect === 'gnu') await shell.complain(`${name}: not found`, 'unalias');
      else await shell.tell(`unalias: ${name} not found\n`);
      status = 1;
    }
  }
  return status;
}

/** Of bash's shell options: those that change what patterns match. */
const shopts = ['dotglob', 'failglob', 'nocaseglob', 'nocasematch', 'nullglob'] as const;

async function shopt(shell: Shell, args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const change = args.find((arg) => /^-[su]/.test(arg));
  let status = 0;
  for (const name of names.length > 0 ? names : shopts) {
    if (change?.startsWith('-s')) shell.options.add(name);
    else if (change) shell.options.delete(name);
    else {
      const on = shell.options.has(name);
      if (!on) status = 1;
      if (!args.includes('-q')) await shell.process.print(`${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
    }
  }
  return change || names.length === 0 ? 0 : status;
}

async function history(shell: Shell, [flag]: readonly string[]): Promise<number> {
  if (flag === '-c') shell.history = [];
  else {
    const width = shell.dialect === 'gnu' ? 5 : 4;
    const first = shell.dialect === 'gnu' ? 1 : 0;
    const lines = shell.history.map(
      (line, at) => `${String(at + first).padStart(width)}${shell.dialect === 'gnu' ? '  ' : ' '}${line}\n`,
    );
    await shell.process.print(lines.join(''));
  }
  return 0;
}

async function help(shell: Shell): Promise<number> {
  await shell.process.print(
    'Built-in commands:\n------------------\n\t. : [ [[ alias bg break cd chdir command continue echo eval exec\n\texit export false fg getopts hash help history jobs kill let\n\tlocal printf pwd read readonly return set shift source test times\n\ttrap true type ulimit umask unalias unset wait\n',
  );
  return 0;
}

export const aliases: Builtins = {
  alias: { run: alias },
  unalias: { run: unalias },
  history: { run: history },
  help: { run: help },
  shopt: { gnu: true, run: shopt },
};
