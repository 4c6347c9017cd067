const names =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP ' +
  'TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX';
const known: ReadonlySet<string> = new Set(names.split(' '));

/** Whether Linux has such a signal, by number or name (`SIGTERM`, `term`, `RTMIN+3`). */
export function isSignal(text: string): boolean {
  if (/^[-+]?\d+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, '');
  const realtime = /^RT(?:MIN\+|MAX-)(\d+)$/.exec(name);
  if (realtime) return Number(realtime[1]) >= 1 && Number(realtime[1]) <= (name.startsWith('RTMIN') ? 15 : 14);
  return known.has(name);
}
