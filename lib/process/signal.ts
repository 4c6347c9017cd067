/** Signals by Linux's x86 numbers. */
export const signals = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  POLL: 29,
  PWR: 30,
  SYS: 31,
} as const;

export type Signal = keyof typeof signals;

const byNumber = new Map<number, Signal>(Object.entries(signals).map(([name, number]) => [number, name as Signal]));

/** `9`, `KILL`, `SIGKILL`, `kill` → `KILL`; undefined when there is none such. */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return byNumber.get(Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  return name in signals ? (name as Signal) : undefined;
}
