/** jobs, fg, bg, wait, kill. */

import { errnoText, FsError } from '../../fs';
import { parseSignal, type Signal, signals } from '../../process';
import { prefixOf } from '../complaint';
import { Fault, WaitBroken } from '../flow';
import { type Job, jobLine, note, signalText, statusOf } from '../jobs';
import { resumeInForeground } from '../processes';
import type { Shell } from '../shell';
import type { Builtins } from './builtin';
import { listSignals } from './control';

async function jobs(shell: Shell, args: readonly string[]): Promise<number> {
  shell.jobs.poll(shell.process);
  const flags = args.join('');
  const list = [...shell.jobs.all];
  const ordered = shell.dialect === 'gnu' ? list : [...list].sort((a, b) => rank(shell, a) - rank(shell, b));
  for (const job of ordered) {
    const line = jobLine(shell.jobs, job, shell.dialect === 'gnu');
    const head = /^\[\d+\]. {1,2}/.exec(line)?.[0] ?? '';
    if (flags.includes('p')) await shell.process.print(`${job.group}\n`);
    else if (flags.includes('l'))
      await shell.process.print(`${head.trimEnd()} ${job.group} ${line.slice(head.length)}\n`);
    else await shell.process.print(`${line}\n`);
    if (job.state === 'done') shell.jobs.remove(job);
  }
  return 0;
}

const rank = (shell: Shell, job: Job) => ({ '+': 0, '-': 1, ' ': 2 })[shell.jobs.sign(job)] * 1e6 - job.id;

function jobFor(shell: Shell, spec: string | undefined): Job {
  shell.jobs.poll(shell.process);
  const job = shell.jobs.find(spec ?? '%%');
  if (!job)
    throw new Fault(
      spec === undefined ? shell.wording.noCurrentJob : shell.wording.noJob(spec),
      shell.dialect === 'gnu' ? 1 : 2,
      false,
    );
  return job;
}

function controlled(shell: Shell, spec: string | undefined): Job {
  if (shell.dialect === 'gnu' && !shell.monitor) throw new Fault('no job control', 1, false);
  const job = jobFor(shell, spec);
  if (!job.controlled)
    throw new Fault(shell.wording.noJobControl(spec ?? '%%'), shell.dialect === 'gnu' ? 1 : 2, false);
  return job;
}

async function fg(shell: Shell, [spec]: readonly string[]): Promise<number> {
  const job = controlled(shell, spec);
  await shell.process.print(`${job.text}\n`);
  return resumeInForeground(shell, job);
}

async function bg(shell: Shell, [spec]: readonly string[]): Promise<number> {
  const job = controlled(shell, spec);
  await shell.process.print(
    `[${job.id}]${shell.dialect === 'gnu' ? shell.jobs.sign(job) : ''} ${job.text}${shell.dialect === 'gnu' ? ' &' : ''}\n`,
  );
  job.state = 'running';
  shell.process.kill(-job.group, 'CONT');
  return 0;
}

async function wait(shell: Shell, args: readonly string[]): Promise<number> {
  shell.waiting = true;
  try {
    if (args.length === 0) {
      for (const job of [...shell.jobs.all]) if (job.state !== 'stopped') await waitFor(shell, job, false);
      return 0;
    }
    let status = 0;
    for (const spec of args) status = await waitSpec(shell, spec);
    return status;
  } catch (error) {
    if (!(error instanceof WaitBroken)) throw error;
    return error.status;
  } finally {
    shell.waiting = false;
  }
}

async function waitSpec(shell: Shell, spec: string): Promise<number> {
  if (!/^(\d+|%.*)$/.test(spec))
    throw new Fault(
      shell.dialect === 'gnu' ? `\`${spec}': not a pid or valid job spec` : shell.wording.illegalNumber(spec),
      shell.dialect === 'gnu' ? 1 : 2,
      false,
    );
  const job = shell.jobs.find(spec);
  if (job) return waitFor(shell, job, true);
  if (spec.startsWith('%')) throw new Fault(shell.wording.noJob(spec), shell.dialect === 'gnu' ? 127 : 2, false);
  if (shell.dialect === 'gnu' && /^\d/.test(spec))
    await shell.complain(`pid ${spec} is not a child of this shell`, 'wait');
  return 127;
}

async function waitFor(shell: Shell, job: Job, announce: boolean): Promise<number> {
  for (const member of job.members) {
    if (member.ended) continue;
    try {
      note(job, member.pid, await shell.process.wait(member.pid));
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      note(job, member.pid, { pid: member.pid, exitCode: 127 });
    }
  }
  if (announce) job.waited = true;
  else if (shell.dialect === 'gnu') shell.jobs.remove(job);
  const signal = job.members.at(-1)?.ended?.signal;
  if (announce && signal && signal !== 'INT' && signal !== 'PIPE' && shell.dialect !== 'gnu')
    await shell.tell(`${signalText(signal)}\n`);
  if (signal && shell.dialect === 'gnu' && !shell.interactive && !['INT', 'PIPE', 'TERM'].includes(signal))
    await shell.complain(`${String(job.group).padStart(5)} ${signalText(signal).padEnd(26)} ${job.text}`);
  return statusOf(job);
}

function disown(shell: Shell, [spec]: readonly string[]): number {
  shell.jobs.remove(jobFor(shell, spec));
  return 0;
}

// kill

async function kill(shell: Shell, args: readonly string[]): Promise<number> {
  const gnu = shell.dialect === 'gnu';
  if (shell.dialect === 'dash') return killAsDash(shell, args);
  const say = (message: string) => (gnu ? shell.complain(message, 'kill') : shell.tell(`${shell.name}: ${message}\n`));
  let signal: Signal | undefined = 'TERM';
  let rest = args;
  if (args[0] === '-l' || args[0] === '-L') return list(shell, args.slice(1));
  const given =
    args[0] === '-s' || args[0] === '-n'
      ? args[1]
      : /^-./.test(args[0] ?? '') && args[0] !== '--'
        ? args[0]!.slice(1)
        : undefined;
  if (given !== undefined) {
    signal = given === '0' ? undefined : parseSignal(given);
    if (!signal && given !== '0') {
      await say(gnu ? `${given}: invalid signal specification` : `bad signal name '${given}'`);
      return 1;
    }
    rest = args.slice(args[0] === '-s' || args[0] === '-n' ? 2 : 1);
  }
  if (rest[0] === '--') rest = rest.slice(1);
  if (rest.length === 0) {
    if (gnu)
      await shell.tell(
        'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
      );
    else await say('you need to specify whom to kill');
    return gnu ? 2 : 1;
  }
  let status = 0;
  for (const target of rest) if (!(await killOne(shell, target, signal, say))) status = 1;
  return status;
}

/** The same in dash's words, which come from elsewhere. */
async function killAsDash(shell: Shell, args: readonly string[]): Promise<number> {
  const [first = ''] = args;
  if (first === '-l') return list(shell, args.slice(1));
  const named = first === '-s';
  const given = named ? args[1] : /^-./.test(first) && first !== '--' ? first.slice(1) : 'TERM';
  const signal = given === '0' ? undefined : parseSignal(given ?? '');
  if (!signal && given !== '0') throw new Fault(`Illegal option ${first.slice(0, 2)}`, 2, false);
  const targets = args.slice(named ? 2 : /^-./.test(first) ? 1 : 0);
  if (targets.length === 0)
    throw new Fault('Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]', 2, false);
  let status = 0;
  for (const target of targets) {
    if (!/^(-?\d+|%.*)$/.test(target)) throw new Fault(`Illegal number: ${target}`, 2, false);
    const done = await killOne(shell, target, signal, () =>
      shell.tell(`${prefixOf(shell, 'kill')}No such process\n\n`),
    );
    if (!done) status = 1;
  }
  return status;
}

async function killOne(
  shell: Shell,
  target: string,
  signal: Signal | undefined,
  say: (message: string) => Promise<void>,
): Promise<boolean> {
  const gnu = shell.dialect === 'gnu';
  let pid: number;
  if (target.startsWith('%')) {
    shell.jobs.poll(shell.process);
    const job = shell.jobs.find(target);
    if (!job) throw new Fault(shell.wording.noJob(target), gnu ? 1 : 2, false);
    pid = job.controlled ? -job.group : job.group;
    if (job.state === 'stopped' && signal !== 'STOP') shell.process.kill(-job.group, 'CONT');
  } else if (/^-?\d+$/.test(target)) pid = Number(target);
  else {
    await say(gnu ? `\`${target}': not a pid or valid job spec` : `invalid number '${target}'`);
    return false;
  }
  try {
    shell.process.kill(pid, signal);
    // A signal to oneself is handled before the next command.
    await shell.process.tick();
    return true;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    await say(gnu ? `(${target}) - ${errnoText[error.errno]}` : `can't kill pid ${target}: ${errnoText[error.errno]}`);
    return false;
  }
}

async function list(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0) return listSignals(shell);
  for (const text of args) {
    if (shell.dialect === 'dash' && !/^\d+$/.test(text)) throw new Fault(`Illegal number: ${text}`, 2, false);
    const number = /^\d+$/.test(text) ? Number(text) : undefined;
    const signal = parseSignal(number !== undefined && number > 128 ? String(number - 128) : text);
    if (!signal) {
      if (shell.dialect === 'gnu') await shell.complain(`${text}: invalid signal specification`, 'kill');
      else await shell.tell(`${shell.name}: unknown signal '${text}'\n`);
      return 1;
    }
    await shell.process.print(`${number === undefined ? signals[signal] : signal}\n`);
  }
  return 0;
}

export const jobControl: Builtins = {
  jobs: { run: jobs },
  fg: { run: fg },
  bg: { run: bg },
  wait: { run: wait },
  kill: { run: kill },
  disown: { gnu: true, run: disown },
};
