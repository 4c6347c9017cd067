import { parentPort, workerData } from 'node:worker_threads';
import type { ContentStore } from '../../lib/content';
import type { Machine, MachineCommand, MachineEvent, MachineState, Outcome } from '../../lib/machine';
import type { MachineKit } from './kit';
import { type FromThread, heartbeat, type ThreadData, type ToThread } from './messages';
import { fairScheduler, randomChance, wallClock } from './surroundings';
import { ThreadContent } from './thread-content';

interface Opened {
  readonly epoch: number;
  /** Until the machine runs: then `machine.state` is the one. */
  readonly state: MachineState;
  machine?: Machine;
  version: number;
  stored: number;
}

type Message<T extends ToThread['type']> = Extract<ToThread, { type: T }>;

/**
 * A thread that holds machines and runs their commands. It decides and evolves; storing and telling are the server's. A
 * machine that is only looked at stays a state; the first command (or `wake`) sets its programs going.
 */
export function serveMachines(makeKit: (content: ContentStore) => MachineKit): void {
  const { shared, answers } = workerData as ThreadData;
  const counters = new Int32Array(shared);
  const port = parentPort!;
  const say = (message: FromThread) => port.postMessage(message);
  const content = new ThreadContent(counters, answers, say);
  const kit = makeKit(content);
  const machines = new Map<string, Opened>();

  const live = (id: string, opened: Opened): Machine => {
    opened.machine ??= kit.create({
      state: opened.state,
      content,
      clock: wallClock,
      chance: randomChance,
      scheduler: fairScheduler(() => opened.version - opened.stored),
      resume: true,
      onFault: (error) => console.error(`machine ${id}:`, error),
      onEvents(events: readonly MachineEvent[]) {
        if (machines.get(id) !== opened || events.length === 0) return;
        opened.version += events.length;
        say({ type: 'changed', id, epoch: opened.epoch, events });
      },
    });
    return opened.machine;
  };

  const open = ({ id, epoch, state, events, version }: Message<'open'>) => {
    machines.get(id)?.machine?.stop();
    let now = state === undefined ? undefined : kit.parse(state);
    for (const event of events) now = kit.evolve(now, event);
    machines.set(id, { epoch, state: now!, version, stored: version });
  };

  const run = async ({ id, epoch, call, command }: Message<'run'>, opened: Opened) => {
    const machine = live(id, opened);
    const outcome: Outcome = isRepeated(machine.state, command) ? { ok: true } : await machine.run(command);
    if (machines.get(id) === opened) say({ type: 'done', id, epoch, call, outcome });
  };

  const answer = ({ id, epoch, call, question }: Message<'ask'>, opened: Opened) => {
    (opened.machine as { flush?(): void } | undefined)?.flush?.();
    const state = opened.machine?.state ?? opened.state;
    const answered = question.kind === 'state' ? kit.serialise(state, question) : kit.image(state, question.reference);
    say({ type: 'answered', id, epoch, call, answer: answered });
  };

  const heed = async (message: ToThread): Promise<void> => {
    if (message.type === 'open') return open(message);
    const opened = machines.get(message.id);
    if (opened?.epoch !== message.epoch) return;
    if (message.type === 'run') return run(message, opened);
    if (message.type === 'ask') return answer(message, opened);
    if (message.type === 'wake') return void live(message.id, opened);
    if (message.type === 'stored') opened.stored = message.upTo;
    if (message.type === 'drop') {
      machines.delete(message.id);
      opened.machine?.stop();
    }
  };

  port.on('message', (message: ToThread) =>
    heed(message).catch((error: unknown) => {
      machines.delete(message.id);
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say({ type: 'failed', id: message.id, epoch: message.epoch, error: text });
    }),
  );
  setInterval(() => Atomics.add(counters, heartbeat.slot, 1), heartbeat.everyMs);
  say({ type: 'ready' });
}

/** Typing that was taken before is acknowledged and not typed again. */
function isRepeated(state: MachineState, command: MachineCommand): boolean {
  return command.type === 'terminal:type' && command.seq <= (state.taken.get(command.client) ?? 0);
}
