/** Children: pipelines, subshells, background jobs, and waiting for them. */
import { type Descriptor, type Ended, nullDevice, type Pid, type Process, pipe } from '../process';
import { Interrupted } from './flow';
import { run } from './interpret';
import { type Job, jobLine, note, signalText } from './jobs';
import { claimPipe } from './open-files';
import type { Shell } from './shell';
import type { Background, Group, Pipeline } from './syntax';

export async function pipeline(shell: Shell, { commands, text }: Pipeline): Promise<number> {
  if (commands.length === 1) return run(shell, commands[0]!);
  const children: Process[] = [];
  let input: Descriptor | undefined;
  for (const [at, command] of commands.entries()) {
    const more = at < commands.length - 1;
    if (more) claimForNext(shell, input);
    const next = more ? pipe() : undefined;
    const descriptors = new Map(shell.process.descriptors);
    if (input) descriptors.set(0, input);
    if (next) descriptors.set(1, next.writer);
    try {
      const child = await shell.fork((sub) => run(sub, command, true), {
        descriptors,
        group: shell.monitor && at === 0,
      });
      if (shell.monitor && children[0]) child.pgid = children[0].pgid;
      children.push(child);
    } finally {
      input?.close();
      next?.writer.close();
      input = next?.reader;
    }
  }
  return foreground(
    shell,
    children.map((child) => child.pid),
    text,
  );
}

function claimForNext(shell: Shell, input: Descriptor | undefined): void {
  try {
    claimPipe(shell, input !== undefined);
  } catch (error) {
    input?.close();
    throw error;
  }
}

export async function subshell(shell: Shell, { body, text }: Group): Promise<number> {
  const child = await shell.fork((sub) => run(sub, body, true), { group: shell.monitor });
  return foreground(shell, [child.pid], text);
}

export async function background(shell: Shell, { command, text }: Background): Promise<number> {
  const descriptors = new Map(shell.process.descriptors);
  const silent = shell.monitor ? undefined : nullDevice();
  if (silent) descriptors.set(0, silent);
  const child = await shell.fork(
    (sub) => {
      if (silent) for (const signal of ['INT', 'QUIT'] as const) sub.process.onSignal(signal, 'ignore');
      return run(sub, command, true);
    },
    { descriptors, group: shell.monitor },
  );
  silent?.close();
  shell.lastBackground = child.pid;
  const job = shell.jobs.add([child.pid], shell.monitor || shell.dialect === 'gnu' ? text : '', shell.monitor);
  if (shell.interactive && shell.dialect === 'gnu') await shell.tell(`[${job.id}] ${child.pid}\n`);
  return (shell.status = 0);
}

/** Waits for children that were just started; gives them the terminal meanwhile. */
export async function foreground(shell: Shell, pids: readonly Pid[], text: string): Promise<number> {
  giveTerminal(shell, pids[0]!);
  const statuses: number[] = [];
  const ended: Ended[] = [];
  try {
    for (const pid of pids) {
      const news = await shell.process.wait(pid, { stopped: shell.monitor });
      if (news.stopped) return await stopped(shell, shell.jobs.add(pids, text, true), ended, news);
      ended.push(news);
      statuses.push(news.exitCode);
    }
  } finally {
    takeTerminal(shell);
  }
  if (shell.dialect === 'gnu') rememberStatuses(shell, statuses);
  const last = ended.at(-1)!;
  await announceDeath(shell, last.signal ? last : (ended.findLast(loudly) ?? last), text);
  if (shell.options.has('p')) return statuses.findLast((status) => status !== 0) ?? 0;
  return statuses.at(-1)!;
}

/** `PIPESTATUS` */
export function rememberStatuses(shell: Shell, statuses: readonly number[]): void {
  const elements = shell.variables.elements('PIPESTATUS');
  elements.clear();
  for (const [at, status] of statuses.entries()) elements.set(String(at), String(status));
}

async function stopped(shell: Shell, job: Job, ended: readonly Ended[], news: Ended): Promise<number> {
  for (const one of ended) note(job, one.pid, one);
  note(job, news.pid, news);
  const line = jobLine(shell.jobs, job, shell.dialect === 'gnu');
  await shell.tell(`${shell.dialect === 'gnu' ? '\n' : ''}${line}\n`);
  return news.exitCode;
}

function loudly({ signal }: Ended): boolean {
  return signal !== undefined && signal !== 'INT' && signal !== 'PIPE';
}

/** `Killed`, `Terminated`…; Ctrl-C at a child of an interactive shell interrupts the whole line. */
async function announceDeath(shell: Shell, { signal, exitCode, pid }: Ended, text: string): Promise<void> {
  if (!signal) return;
  if (signal === 'INT' && shell.interactive) {
    const action = shell.traps.get('INT');
    if (action === undefined) throw new Interrupted(exitCode);
    // The person's Ctrl-C was meant for the shell too.
    await shell.runText(action, shell.line);
    return;
  }
  if (signal === 'INT' || signal === 'PIPE') return;
  if (shell.dialect !== 'gnu') await shell.tell(`${signalText(signal)}\n`);
  else if (shell.interactive) await shell.tell(`${signalText(signal)}\n`);
  else if (signal === 'TERM') await shell.tell(`${signalText(signal).padEnd(26)} ${text}\n`);
  else await shell.complain(`${String(pid).padStart(5)} ${signalText(signal).padEnd(26)} ${text}`);
}

export function giveTerminal(shell: Shell, group: Pid): void {
  const terminal = shell.monitor ? shell.process.stdin.terminal : undefined;
  if (terminal) terminal.foreground = group;
}

export function takeTerminal(shell: Shell): void {
  const terminal = shell.monitor ? shell.process.stdin.terminal : undefined;
  if (!terminal) return;
  terminal.foreground = shell.process.pgid;
  terminal.mode = 'line';
  terminal.echo = true;
}

/** Waits until a job has ended or stopped, in the foreground. */
export async function resumeInForeground(shell: Shell, job: Job): Promise<number> {
  giveTerminal(shell, job.group);
  job.state = 'running';
  shell.process.kill(-job.group, 'CONT');
  try {
    for (const member of job.members) {
      if (member.ended) continue;
      const news = await shell.process.wait(member.pid, { stopped: true });
      note(job, member.pid, news);
      if (news.stopped) {
        shell.jobs.makeCurrent(job);
        await shell.tell(`${jobLine(shell.jobs, job, shell.dialect === 'gnu')}\n`);
        return news.exitCode;
      }
    }
  } finally {
    takeTerminal(shell);
  }
  shell.jobs.remove(job);
  const last = job.members.at(-1)!.ended!;
  await announceDeath(shell, last, job.text);
  return last.exitCode;
}

/** Says which jobs ended or stopped since the last prompt. */
export async function announceJobs(shell: Shell): Promise<void> {
  const before = new Map(shell.jobs.all.map((job) => [job, job.state]));
  shell.jobs.poll(shell.process);
  for (const job of [...shell.jobs.all]) {
    if (job.state === before.get(job) && job.state !== 'done') continue;
    if (shell.interactive) await shell.tell(`${jobLine(shell.jobs, job, shell.dialect === 'gnu')}\n`);
    if (job.state === 'done') shell.jobs.remove(job);
  }
}
