import type { ContainerRecord } from '../container';
import { Failure } from '../errors';
import { parseSignal, type Signal, signals } from '../process';
import { containerAttributes } from './create';
import type { Daemon, Live } from './daemon';
import { findContainer } from './lookup';
import { cannotKill, invalidSignal, notRunning } from './sentences';

/** `docker kill`: a signal to the container's pid 1, SIGKILL unless another is named. */
export async function kill(daemon: Daemon, reference: string, signalText = 'KILL'): Promise<void> {
  try {
    await killNow(daemon, reference, signalText);
  } catch (error) {
    if (error instanceof Failure) throw cannotKill(reference, error.message);
    throw error;
  }
}

async function killNow(daemon: Daemon, reference: string, signalText: string): Promise<void> {
  const signal = parseSignal(signalText);
  if (!signal) throw invalidSignal(signalText);
  const record = findContainer(daemon, reference);
  const live = daemon.live.get(record.id);
  if (!live) throw notRunning(record.id);
  if (signal === 'KILL') live.stopRequested = true;
  if (signal === (record.config.StopSignal ? parseSignal(record.config.StopSignal) : 'TERM')) live.stopRequested = true;
  if (signal === 'KILL') live.task.resume();
  sendSignal(daemon, record, live, signal);
  if (signal === 'KILL') await live.recorded;
}

export function sendSignal(daemon: Daemon, record: ContainerRecord, live: Live, signal: Signal): void {
  live.task.kill(signal);
  daemon.announcements.tell('container', 'kill', record.id, {
    ...containerAttributes(record),
    signal: String(signals[signal]),
  });
}
