import type { ContainerId, Health, Healthcheck } from '../container';
import { Failure } from '../errors';
import { containerAttributes } from './create';
import type { Daemon, Live } from './daemon';
import { exec } from './exec';

const second = 1_000_000_000;

/** Runs the container's health check again and again until it ends. No check: nothing. */
export function watchHealth(daemon: Daemon, id: ContainerId, live: Live): void {
  const check = daemon.record(id).config.Healthcheck;
  if (!check?.Test?.length || check.Test[0] === 'NONE') return;
  daemon.change({ type: 'container:checked', id, health: { status: 'starting', failingStreak: 0, log: [] } });
  void probeLoop(daemon, id, live, check);
}

async function probeLoop(daemon: Daemon, id: ContainerId, live: Live, check: Healthcheck): Promise<void> {
  const { clock } = daemon.options;
  const started = clock.now();
  const { signal } = live.stop;
  const early = () => clock.now() - started < BigInt(check.StartPeriod ?? 0);
  while (!signal.aborted) {
    const pause = early() && check.StartPeriod ? check.StartInterval || 5 * second : check.Interval || 30 * second;
    await clock.sleep(pause / 1e6, signal);
    if (signal.aborted) return;
    if (daemon.state.containers.get(id)?.state.state !== 'running') continue;
    const row = await probe(daemon, id, check);
    if (!signal.aborted) record(daemon, id, check, row, early());
  }
}

type Row = Health['log'][number];

async function probe(daemon: Daemon, id: ContainerId, check: Healthcheck): Promise<Row> {
  const start = daemon.now();
  let output = '';
  const decoder = new TextDecoder();
  const client = { output: (_: string, bytes: Uint8Array) => void (output += decoder.decode(bytes, { stream: true })) };
  try {
    const run = await exec(daemon, id, { argv: probeArgv(daemon, id, check.Test ?? []), client });
    const timeout = check.Timeout || 30 * second;
    const over = new AbortController();
    const expired = daemon.options.clock
      .sleep(timeout / 1e6, over.signal)
      .then(() => (over.signal.aborted ? run.exited : undefined));
    const ended = run.exited.then((code) => {
      over.abort();
      return code;
    });
    const exitCode = await Promise.race([ended, expired]);
    if (exitCode !== undefined) return { start, end: daemon.now(), exitCode, output: output.slice(0, 4096) };
    run.kill();
    return { start, end: daemon.now(), exitCode: -1, output: `Health check exceeded timeout (${timeout / second}s)` };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { start, end: daemon.now(), exitCode: -1, output: error.message };
  }
}

function probeArgv(daemon: Daemon, id: ContainerId, test: readonly string[]): string[] {
  const shell = daemon.record(id).config.Shell ?? ['/bin/sh', '-c'];
  return test[0] === 'CMD-SHELL' ? [...shell, test[1] ?? ''] : test.slice(1);
}

function record(daemon: Daemon, id: ContainerId, check: Healthcheck, row: Row, early: boolean): void {
  const state = daemon.state.containers.get(id)?.state;
  if (!state || !('health' in state) || !state.health) return;
  const before = state.health;
  const healthy = row.exitCode === 0;
  const failingStreak = healthy
    ? 0
    : early && before.status === 'starting'
      ? before.failingStreak
      : before.failingStreak + 1;
  const failed = failingStreak >= (check.Retries || 3);
  const status = healthy ? 'healthy' : failed ? 'unhealthy' : before.status;
  daemon.change({
    type: 'container:checked',
    id,
    health: { status, failingStreak, log: [...before.log, row].slice(-5) },
  });
  if (status !== before.status) {
    daemon.announcements.tell('container', `health_status: ${status}`, id, containerAttributes(daemon.record(id)));
  }
}
