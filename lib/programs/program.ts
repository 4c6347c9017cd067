/** From an applet to a program of lib/process: usage errors and stray system errors become words; output is sent. */
import { FsError } from '../fs';
import { RegexFault } from '../pattern';
import { claimNumbers, type Process, type Program } from '../process';
import { Complaint, UsageError } from './options';
import { type Applet, type Dialect, type Hosts, Run, WriteFailure } from './run';
import { usageOf } from './usage';
import { endingOf } from './write-failure';

export function programOf(applet: Applet, dialect: Dialect, hosts: Hosts = {}): Program {
  return async (process) => {
    const [zero = '', ...args] = process.argv;
    const run = new Run(process, dialect, zero.split('/').pop()!.replace(/^-/, ''), args, hosts);
    return run.gnu && !canLoad(process) ? unloaded(run) : runApplet(applet, run);
  };
}

/** A program of Debian's opens its libraries before it begins. */
function canLoad(process: Process): boolean {
  try {
    claimNumbers(process);
    return true;
  } catch (error) {
    if (error instanceof FsError) return false;
    throw error;
  }
}

function unloaded(run: Run): Promise<number> {
  const library = run.name === 'ls' ? 'libselinux.so.1' : 'libc.so.6';
  return run.fail(`error while loading shared libraries: ${library}: cannot open shared object file: Error 24`, 127);
}

/** What a write runs into, whatever was being written. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EBADF']);

export async function runApplet(applet: Applet, run: Run): Promise<number> {
  try {
    const exitCode = await applet(run);
    await run.flush();
    return exitCode & 0xff;
  } catch (error) {
    if (error instanceof UsageError) return explain(run, error);
    if (error instanceof RegexFault) return run.fail(error.message, exitCodeOf(run));
    // A broken pipe has already ended the process.
    const refused = error instanceof WriteFailure ? error.reason : error;
    if (refused instanceof FsError && (refused !== error || full.has(refused.errno))) {
      const { words, exitCode } = endingOf(run, refused);
      return run.fail(words, exitCode);
    }
    if (error instanceof FsError) return run.fail(`${error.path ? `${error.path}: ` : ''}${run.say(error)}`);
    throw error;
  }
}

/** The exit code on a wrong command line, where it is not 1. */
const usageExit: Readonly<Record<string, number>> = {
  grep: 2,
  egrep: 2,
  fgrep: 2,
  diff: 2,
  cmp: 2,
  sort: 2,
  expr: 2,
  test: 2,
  env: 125,
  timeout: 125,
  nohup: 125,
  chroot: 125,
};
const busyboxUsageExit: Readonly<Record<string, number>> = {
  env: 1,
  timeout: 1,
  nohup: 127,
  chroot: 1,
  diff: 2,
  cmp: 2,
  sort: 2,
};

async function explain(run: Run, error: UsageError): Promise<number> {
  const code = error.exitCode ?? exitCodeOf(run);
  const words = error.complaint ? `${run.name}: ${error.complaint}\n` : '';
  await run.complain(words + (error instanceof Complaint ? '' : usageOf(run.name, run.dialect, code === 0)));
  return code;
}

function exitCodeOf(run: Run): number {
  if (!run.gnu) return busyboxUsageExit[run.name] ?? usageExit[run.name] ?? 1;
  return usageExit[run.name] ?? (run.name === 'ls' ? 2 : 1);
}
