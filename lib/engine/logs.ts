import type { Stream } from './attachments';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import type { LogEntry } from './state';
import { parseTime } from './time';

export interface LogOptions {
  /** Nanoseconds since the epoch. */
  readonly since?: bigint;
  readonly until?: bigint;
  /** Only the last so many lines. */
  readonly tail?: number;
  readonly follow?: boolean;
  readonly streams?: readonly Stream[];
  readonly signal?: AbortSignal;
  readonly entry: (entry: LogEntry) => void | Promise<void>;
}

/** `docker logs`: what is kept, and with `follow` what comes until the container ends. */
export async function logs(daemon: Daemon, reference: string, options: LogOptions): Promise<void> {
  const record = findContainer(daemon, reference);
  const wanted = (entry: LogEntry) =>
    inRange(entry, options) && (!options.streams || options.streams.includes(entry.stream));
  const queue = [...(daemon.state.logs.get(record.id)?.entries ?? [])].filter(wanted);
  if (options.tail !== undefined && options.tail >= 0) queue.splice(0, Math.max(0, queue.length - options.tail));
  if (!options.follow || !daemon.live.has(record.id)) {
    for (const entry of queue) await options.entry(entry);
    return;
  }
  await following(daemon, record.id, queue, wanted, options);
}

async function following(
  daemon: Daemon,
  id: Parameters<Daemon['follow']>[0],
  queue: LogEntry[],
  wanted: (entry: LogEntry) => boolean,
  options: LogOptions,
): Promise<void> {
  let over = false;
  let wake = () => {};
  const leave = daemon.follow(id, (entries) => {
    if (entries) queue.push(...entries.filter(wanted));
    else over = true;
    wake();
  });
  const abort = () => {
    over = true;
    queue.length = 0;
    wake();
  };
  options.signal?.addEventListener('abort', abort);
  try {
    while (!over || queue.length) {
      for (let entry = queue.shift(); entry; entry = queue.shift()) await options.entry(entry);
      if (!over) await new Promise<void>((resolve) => void (wake = resolve));
    }
  } finally {
    leave();
    options.signal?.removeEventListener('abort', abort);
  }
}

function inRange(entry: LogEntry, { since, until }: LogOptions): boolean {
  if (since === undefined && until === undefined) return true;
  const at = parseTime(entry.time) ?? 0n;
  return (since === undefined || at >= since) && (until === undefined || at <= until);
}
