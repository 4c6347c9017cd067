/** What runs beside the shell, or was stopped. */
import type { Ended, Pid, Process, Signal } from '../process';

export interface Job {
  readonly id: number;
  readonly group: Pid;
  readonly text: string;
  /** It has a process group of its own. */
  readonly controlled: boolean;
  readonly members: { readonly pid: Pid; ended?: Ended }[];
  state: 'running' | 'stopped' | 'done';
  /** `wait` has told how it ended: it is forgotten with the next job. */
  waited?: boolean;
  stopSignal?: Signal;
}

export class Jobs {
  #all: Job[] = [];
  /** The current job first. */
  #order: Job[] = [];

  /** A subshell's copy: its parent's jobs, to look at only. */
  readonly #foreign: boolean;

  constructor(from?: Jobs) {
    this.#foreign = from !== undefined;
    if (from) [this.#all, this.#order] = [[...from.#all], [...from.#order]];
  }

  get all(): readonly Job[] {
    return this.#all.filter((job) => !job.waited);
  }

  add(members: readonly Pid[], text: string, controlled: boolean): Job {
    for (const job of [...this.#all]) if (job.waited) this.remove(job);
    const id = (this.#all.at(-1)?.id ?? 0) + 1;
    const job: Job = {
      id,
      group: members[0]!,
      text,
      controlled,
      members: members.map((pid) => ({ pid })),
      state: 'running',
    };
    this.#all.push(job);
    this.makeCurrent(job);
    return job;
  }

  makeCurrent(job: Job): void {
    this.#order = [job, ...this.#order.filter((other) => other !== job)];
  }

  remove(job: Job): void {
    this.#all = this.#all.filter((other) => other !== job);
    this.#order = this.#order.filter((other) => other !== job);
  }

  /** `+` for the current job, `-` for the one before it. */
  sign(job: Job): '+' | '-' | ' ' {
    if (this.#order[0] === job) return '+';
    return this.#order[1] === job ? '-' : ' ';
  }

  /** `%1`, `%+`, `%-`, `%%`, `%text`, `%?text`, or a pid. */
  find(spec: string): Job | undefined {
    if (/^\d+$/.test(spec)) return this.#all.find((job) => job.members.some((member) => member.pid === Number(spec)));
    const name = spec.replace(/^%/, '');
    if (name === '' || name === '%' || name === '+') return this.#order[0];
    if (name === '-') return this.#order[1];
    if (/^\d+$/.test(name)) return this.#all.find((job) => job.id === Number(name));
    if (name.startsWith('?')) return this.#all.find((job) => job.text.includes(name.slice(1)));
    return this.#all.find((job) => job.text.startsWith(name));
  }

  /** Takes in what happened to the processes since, without waiting. */
  poll(process: Process): void {
    if (this.#foreign) return;
    for (const job of this.#all) {
      for (const member of job.members) if (!member.ended) note(job, member.pid, reap(process, member.pid));
    }
  }
}

function reap(process: Process, pid: Pid): Ended | undefined {
  try {
    return process.reap(pid, { stopped: true });
  } catch {
    return { pid, exitCode: 127 };
  }
}

export function note(job: Job, pid: Pid, news: Ended | undefined): void {
  if (!news) return;
  if (news.stopped) {
    job.state = 'stopped';
    job.stopSignal = news.signal;
    return;
  }
  const member = job.members.find((one) => one.pid === pid);
  if (member) member.ended = news;
  if (job.members.every((one) => one.ended)) job.state = 'done';
}

export function statusOf(job: Job): number {
  return job.members.at(-1)?.ended?.exitCode ?? 0;
}

const signalTexts: Partial<Record<Signal, string>> = {
  HUP: 'Hangup',
  INT: 'Interrupt',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted',
  BUS: 'Bus error',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  PIPE: 'Broken pipe',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
  STKFLT: 'Stack fault',
  XCPU: 'CPU time limit exceeded',
  XFSZ: 'File size limit exceeded',
  STOP: 'Stopped (signal)',
  TSTP: 'Stopped',
  TTIN: 'Stopped (tty input)',
  TTOU: 'Stopped (tty output)',
};

export function signalText(signal: Signal): string {
  return signalTexts[signal] ?? `SIG${signal}`;
}

/** `Running`, `Done`, `Done(3)`, `Terminated`, `Stopped`. */
export function stateText(job: Job, gnu: boolean): string {
  const last = job.members.at(-1)?.ended;
  switch (job.state) {
    case 'running':
      return 'Running';
    case 'stopped':
      return gnu ? 'Stopped' : signalText(job.stopSignal ?? 'TSTP');
    case 'done':
      if (last?.signal) return signalText(last.signal);
      if (!last?.exitCode) return 'Done';
      return gnu ? `Exit ${last.exitCode}` : `Done(${last.exitCode})`;
  }
}

/** `[1]+  Running                    sleep 100` */
export function jobLine(jobs: Jobs, job: Job, gnu: boolean): string {
  const background = gnu && job.state === 'running' ? ' &' : '';
  return `[${job.id}]${jobs.sign(job)}  ${stateText(job, gnu).padEnd(gnu ? 24 : 27)}${job.text}${background}`;
}
