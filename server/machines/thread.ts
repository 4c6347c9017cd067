import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ContentStore } from '../../lib/content';
import { unreachable } from '../../lib/errors';
import type { MachineState } from '../../lib/machine';
import { earlierPoints, lastOf, pastContainer } from './earlier';
import type { MachineKit } from './kit';
import { type FromThread, heartbeat, type LookedBack, type Question, type ThreadData, type ToThread } from './messages';
import { OpenedMachine } from './opened';
import { Recaller } from './recaller';
import { ThreadContent } from './thread-content';

interface Resident {
  readonly epoch: number;
  readonly recaller: Recaller;
  readonly machine: OpenedMachine;
}

type Message<T extends ToThread['type']> = Extract<ToThread, { type: T }>;

/**
 * A thread that holds machines and runs their commands. It decides and evolves; storing and telling are the server's.
 */
export function serveMachines(makeKit: (content: ContentStore) => MachineKit): void {
  giveWay();
  const { shared, answers } = workerData as ThreadData;
  const counters = new Int32Array(shared);
  const port = parentPort!;
  const say = (message: FromThread) => port.postMessage(message);
  const content = new ThreadContent(counters, answers, say);
  const kit = makeKit(content);
  const residents = new Map<string, Resident>();

  const open = ({ id, epoch, state: kept, events, version }: Message<'open'>) => {
    residents.get(id)?.machine.end();
    const state = kit.replay(kept === undefined ? undefined : kit.parse(kept), events)!;
    const recaller = new Recaller(kit, (call, versions) => say({ type: 'recall', id, epoch, call, versions }));
    const { recall } = recaller;
    const onEvents = (told: typeof events) => say({ type: 'changed', id, epoch, events: told });
    residents.set(id, {
      epoch,
      recaller,
      machine: new OpenedMachine({ id, kit, content, state, version, recall, onEvents }),
    });
  };

  const run = async ({ id, epoch, call, command }: Message<'run'>, { machine }: Resident) => {
    const outcome = await machine.run(command);
    if (residents.get(id)?.machine === machine) say({ type: 'done', id, epoch, call, outcome });
  };

  const answer = async ({ id, epoch, call, question }: Message<'ask'>, resident: Resident) => {
    const answer = await answerOf(kit, resident, question);
    say({ type: 'answered', id, epoch, call, answer });
  };

  const heed = async (message: ToThread): Promise<void> => {
    if (message.type === 'open') return open(message);
    const resident = residents.get(message.id);
    if (resident?.epoch !== message.epoch) return;
    if (message.type === 'run') return run(message, resident);
    if (message.type === 'ask') return answer(message, resident);
    if (message.type === 'recalled') resident.recaller.answered(message.call, message.recalled);
    if (message.type === 'wake') resident.machine.wake();
    if (message.type === 'stored') resident.machine.stored(message.upTo);
    if (message.type === 'drop') {
      residents.delete(message.id);
      resident.machine.end();
    }
  };

  port.on('message', (message: ToThread) =>
    heed(message).catch((error: unknown) => {
      if (residents.get(message.id)?.epoch === message.epoch) residents.delete(message.id);
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say({ type: 'failed', id: message.id, epoch: message.epoch, error: text });
    }),
  );
  setInterval(() => Atomics.add(counters, heartbeat.slot, 1), heartbeat.everyMs);
  say({ type: 'ready' });
}

/** The server's own loop and its store go first: whoever only types needs them, and a loop in a container never does. */
function giveWay(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').pop()), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Elsewhere than on Linux threads have no priority of their own.
  }
}

async function answerOf(
  kit: MachineKit,
  { machine, recaller: { recall } }: Resident,
  question: Question,
): Promise<unknown> {
  switch (question.kind) {
    case 'beside':
      return machine.beside(question.command);
    case 'state':
      return kit.serialise(await machine.state({ whole: true }), question);
    case 'screen':
      return kit.screen(await machine.state());
    case 'content':
      return kit.content(await machine.state());
    case 'image':
      return kit.image(await machine.state(), question.reference);
    case 'pack':
      return kit.pack(await machine.state(), question.container, question.how);
    case 'earlier':
      return lookedBack(earlierPoints(await machine.state(), question.container, recall));
    case 'past': {
      const past = pastContainer(question.version, question.container, recall);
      return lookedBack(past.then((state) => state && kit.serialise(state, { private: false, person: false })));
    }
    case 'last': {
      const last = lastOf(await machine.state(), question.container, recall);
      const told = (state: MachineState) => kit.serialise(state, { private: false, person: false });
      return lookedBack(last.then((found) => found && { ...found, state: told(found.state) }));
    }
    default:
      return unreachable(question);
  }
}

/** The machine of today is well, whatever becomes of this. */
async function lookedBack<T>(looking: Promise<T>): Promise<LookedBack<T> | undefined> {
  try {
    return { found: await looking };
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
