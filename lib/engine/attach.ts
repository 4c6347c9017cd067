import { Failure } from '../errors';
import type { AttachClient } from './attachments';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';

export interface AttachOptions extends AttachClient {
  /** Whether this client will write to stdin. */
  readonly stdin?: boolean;
  /** Refuse a container that does not run (`docker attach`); `docker run` attaches before it starts. */
  readonly running?: boolean;
}

export interface Attachment {
  /** To the container's stdin; lost when it is not open. */
  write(bytes: Uint8Array): Promise<void>;
  /** End of input: reaches the container when its stdin is open once. */
  closeStdin(): void;
  resize(columns: number, rows: number): void;
  /** Leaves; the container goes on. */
  detach(): void;
}

/** Joins a container's output and stdin. */
export function attach(daemon: Daemon, reference: string, options: AttachOptions): Attachment {
  const record = findContainer(daemon, reference);
  if (options.running) requireRunning(record.state.state);
  const leave = daemon.hub(record.id).add(options);
  daemon.announcements.tell('container', 'attach', record.id, containerAttributes(record));
  const task = () => daemon.live.get(record.id)?.task;
  return {
    write: async (bytes) => (record.config.OpenStdin && options.stdin ? task()?.stdin.write(bytes) : undefined),
    closeStdin: () => {
      if (record.config.StdinOnce && !record.config.Tty) task()?.stdin.close();
    },
    resize: (columns, rows) => task()?.resize(columns, rows),
    detach: () => {
      leave();
      daemon.announcements.tell('container', 'detach', record.id, containerAttributes(record));
    },
  };
}

function requireRunning(state: string): void {
  if (state === 'paused') throw new Failure('conflict', 'cannot attach to a paused container, unpause it first');
  if (state === 'restarting')
    throw new Failure('conflict', 'cannot attach to a restarting container, wait until it is running');
  if (state !== 'running') throw new Failure('conflict', 'cannot attach to a stopped container, start it first');
}
