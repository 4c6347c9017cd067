/** What an applet prints when it is used wrongly. Busybox prints its banner and its usage; we give the first lines of it. */
import type { Dialect } from './run';
import { usageLines } from './usage-lines';

export const busyboxVersion = '1.37.0';

export const banner = `BusyBox v${busyboxVersion} (Dockerland replica) multi-call binary.\n`;

export function usageOf(name: string, dialect: Dialect, asked = false): string {
  const lines = usageLines[name];
  if (dialect === 'busybox') return lines ? `${banner}\nUsage: ${lines}\n` : `${banner}\nNo help available\n`;
  if (!asked) return gnuHint(name);
  return `Usage: ${lines ?? `${name} [OPTION]...`}\n`;
}

/** The last line of a complaint, where a program has one of its own. */
function gnuHint(name: string): string {
  const hint = `Try '${name} --help' for more information.\n`;
  if (name === 'diff') return `diff: ${hint}`;
  if (name === 'tar') return "Try 'tar --help' or 'tar --usage' for more information.\n";
  if (name === 'grep') return `Usage: grep [OPTION]... PATTERNS [FILE]...\n${hint}`;
  return hint;
}
