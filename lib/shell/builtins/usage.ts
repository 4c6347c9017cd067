/** What bash adds when a builtin was given an option that it does not have. */
import { Fault } from '../flow';
import type { Shell } from '../shell';

const usages: Readonly<Record<string, string>> = {
  alias: 'alias [-p] [name[=value] ... ]',
  cd: 'cd [-L|[-P [-e]]] [-@] [dir]',
  command: 'command [-pVv] command [arg ...]',
  export: 'export [-fn] [name[=value] ...] or export -p [-f]',
  getopts: 'getopts optstring name [arg ...]',
  printf: 'printf [-v var] format [arguments]',
  pwd: 'pwd [-LP]',
  read: 'read [-Eers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
  set: 'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
  unalias: 'unalias [-a] name [name ...]',
  unset: 'unset [-f] [-v] [-n] [name ...]',
};

export function usageOf(builtin: string): string {
  return `${builtin}: usage: ${usages[builtin] ?? builtin}\n`;
}

/** `-Z: invalid option`, and the usage; in ash `illegal option -Z`, which ends a script when `fatal`. */
export function badOption(shell: Shell, builtin: string, option: string, fatal = false): Fault {
  const fault = new Fault(shell.wording.illegalOption(option), 2, fatal);
  if (shell.dialect === 'gnu') fault.usage = usageOf(builtin);
  return fault;
}
