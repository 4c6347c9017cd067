/** Parameters that are no variables (`$?`, `$1`), and variables that are made when they are asked for (`RANDOM`). */
import { flagsOf } from './option-letters';
import type { Shell } from './shell';

/** `$name`, where name may also be a number or a sign. Undefined: not set. */
export function parameterValue(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.status);
    case '$':
      return String(shell.pid);
    case '!':
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground);
    case '#':
      return String(shell.positional.length);
    case '-':
      return flagsOf(shell.options, shell.dialect);
    case '0':
      return shell.name;
    case '@':
    case '*':
      return shell.positional.length > 0 ? shell.positional.join(' ') : undefined;
    default:
      return /^[0-9]/.test(name) ? shell.positional[Number(name) - 1] : shell.variables.get(name);
  }
}

/** Undefined: an ordinary variable. */
export function madeVariable(shell: Shell, name: string): string | undefined {
  switch (name) {
    case 'LINENO':
      return shell.dialect === 'dash' ? undefined : String(shell.line);
    case 'RANDOM': {
      const [a = 0, b = 0] = shell.process.system.chance.bytes(2);
      return String(((a << 8) | b) & 0x7fff);
    }
    case 'PPID':
      return String(shell.process.ppid);
    case 'UID':
    case 'EUID':
      return shell.dialect === 'gnu' ? String(shell.process.credentials.uid) : undefined;
    case 'SECONDS':
      return shell.dialect === 'gnu' ? secondsOf(shell) : undefined;
    case 'FUNCNAME':
      return shell.dialect === 'dash' ? undefined : shell.callee;
    default:
      return undefined;
  }
}

function secondsOf({ process: { system }, pid }: Shell): string {
  const now = system.clock.now();
  const started = system.processes().find((row) => row.pid === pid)?.started ?? now;
  return String((now - started) / 1_000_000_000n);
}
