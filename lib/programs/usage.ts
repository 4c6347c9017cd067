/** What an applet prints when it is used wrongly. Busybox prints its banner and its usage; we give the first lines of it. */
import type { Dialect } from './run';
import { usageLines } from './usage-lines';

export const busyboxVersion = '1.37.0';

export const banner = `BusyBox v${busyboxVersion} (Dockerland replica) multi-call binary.\n`;

export function usageOf(name: string, dialect: Dialect, asked = false): string {
  const lines = usageLines[name];
  if (dialect === 'busybox') return lines ? `${banner}\nUsage: ${lines}\n` : `${banner}\nNo help available\n`;
  if (!asked) return `Try '${name} --help' for more information.\n`;
  return `Usage: ${lines ?? `${name} [OPTION]...`}\n`;
}
