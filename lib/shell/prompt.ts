/** PS1, PS2: `\w \u \h \$` and their kind, then `$` expansions. */
import { expandText } from './expand';
import { readText } from './grammar/parser';
import type { Shell } from './shell';

export async function prompt(shell: Shell, name: 'PS1' | 'PS2'): Promise<string> {
  const source = shell.variables.get(name) ?? '';
  const status = shell.status;
  try {
    return await expandDollars(shell, escapes(shell, source));
  } catch {
    return escapes(shell, source);
  } finally {
    shell.status = status;
  }
}

async function expandDollars(shell: Shell, text: string): Promise<string> {
  if (!/[$`]/.test(text.replace(/\$ ?$/, ''))) return text;
  return expandText(shell, readText(text, { dialect: shell.dialect }));
}

function escapes(shell: Shell, source: string): string {
  return source.replace(/\\([0-7]{3}|[\s\S])/g, (whole, code: string) => meaning(shell, code) ?? whole);
}

function meaning(shell: Shell, code: string): string | undefined {
  if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
  switch (code) {
    case 'w':
      return shortened(shell);
    case 'W':
      return shortened(shell).replace(/^.*\/(?=.)/, '');
    case 'u':
      return userName(shell);
    case 'h':
      return shell.process.system.hostname.replace(/\..*$/, '');
    case 'H':
      return shell.process.system.hostname;
    case '$':
      return shell.process.credentials.uid === 0 ? '#' : '$';
    case '#':
    case '!':
      return String(shell.history.length + 1);
    case 's':
      return shell.name.replace(/^-|^.*\//g, '');
    case 'v':
      return '5.2';
    case 'j':
      return String(shell.jobs.all.length);
    case 't':
      return time(shell).slice(11, 19);
    case 'A':
      return time(shell).slice(11, 16);
    case 'd':
      return time(shell).slice(0, 10);
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'a':
      return '\x07';
    case 'e':
      return '\x1b';
    case '\\':
      return '\\';
    case '[':
    case ']':
      return '';
    default:
      return undefined;
  }
}

function shortened(shell: Shell): string {
  const home = shell.variables.get('HOME');
  const { cwd } = shell.process;
  if (!home || home === '/') return cwd;
  if (cwd === home) return '~';
  return cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
}

function userName(shell: Shell): string {
  const { uid } = shell.process.credentials;
  try {
    const lines = new TextDecoder().decode(shell.process.fs.readFile('/etc/passwd')).split('\n');
    return lines.map((line) => line.split(':')).find((row) => row[2] === String(uid))?.[0] ?? '?';
  } catch {
    return uid === 0 ? 'root' : '?';
  }
}

function time(shell: Shell): string {
  return new Date(Number(shell.process.system.clock.now() / 1_000_000n)).toISOString();
}
