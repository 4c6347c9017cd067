import { parseSignal, type Signal } from '../process';
import { containerAttributes } from './create';
import type { Daemon, Live } from './daemon';
import { sendSignal } from './kill';
import { findContainer } from './lookup';
import { invalidSignal } from './sentences';

export interface StopOptions {
  /** Seconds of grace before SIGKILL; -1 waits for ever. Default: the container's, else 10. */
  readonly timeout?: number;
  readonly signal?: string;
}

/** `docker stop`: the stop signal, then SIGKILL when the grace is over. Not running: nothing happens. */
export async function stop(daemon: Daemon, reference: string, options: StopOptions = {}): Promise<void> {
  const record = findContainer(daemon, reference);
  const waiting = daemon.restarting.get(record.id);
  if (waiting) endRestarting(daemon, record.id, waiting);
  const live = daemon.live.get(record.id);
  if (!live) return;
  live.stopRequested = true;
  const text = options.signal ?? record.config.StopSignal ?? 'TERM';
  const signal = parseSignal(text);
  if (!signal) throw invalidSignal(text);
  await endWithin(daemon, record.id, live, signal, options.timeout ?? record.config.StopTimeout ?? 10);
  daemon.announcements.tell('container', 'stop', record.id, containerAttributes(record));
}

function endRestarting(daemon: Daemon, id: Parameters<Daemon['record']>[0], waiting: AbortController): void {
  waiting.abort();
  const record = daemon.record(id);
  if (record.state.state !== 'restarting') return;
  daemon.change({
    type: 'container:ended',
    id,
    state: { ...record.state, state: 'exited' },
    restartCount: record.restartCount,
  });
}

async function endWithin(
  daemon: Daemon,
  id: Parameters<Daemon['record']>[0],
  live: Live,
  signal: Signal,
  seconds: number,
): Promise<void> {
  const record = daemon.record(id);
  sendSignal(daemon, record, live, signal);
  const over = new AbortController();
  const ended = live.recorded.then(() => over.abort());
  if (seconds >= 0) await daemon.options.clock.sleep(seconds * 1000, over.signal);
  if (seconds >= 0 && !over.signal.aborted) {
    live.task.resume();
    sendSignal(daemon, record, live, 'KILL');
  }
  await ended;
}
