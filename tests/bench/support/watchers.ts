// Run by class.ts in a process of its own, as a browser that only looks would be: the host's board and some students who have
// the comparison open. It tells when what arrived at whom; the same for the raw server's room.
import { io, type Socket } from 'socket.io-client';
import type { MachineEvent } from '../../../lib/machine';
import { connect } from '../../support/client';
import { now } from './deliveries';

/** At one listener: the file that a line wrote, the news that told of it, and milliseconds of the clock that processes share. */
export type Arrival = readonly [tag: string, announcement: string, at: number];

export type ToWatchers =
  | { readonly type: 'watch'; readonly url: string; readonly code: string; readonly people: readonly Person[] }
  | { readonly type: 'watch-raw'; readonly url: string; readonly listeners: number }
  | { readonly type: 'arrived' };

type Person = { readonly cookie: string } | { readonly token: string };

export type FromWatchers =
  | { readonly type: 'watching' }
  | { readonly type: 'arrivals'; readonly arrivals: readonly Arrival[]; readonly sample: readonly MachineEvent[] };

interface News {
  readonly machine: string;
  readonly upTo: number;
  readonly events: readonly MachineEvent[];
  /** What the raw server says of whom, as it does not know what is in the events. */
  readonly tag?: string;
}

const arrivals: Arrival[] = [];
let sample: readonly MachineEvent[] = [];

function listen(socket: Socket): void {
  const known = new Set<string>();
  socket.offAny();
  socket.on('machine:changed', ({ machine, upTo, events, tag }: News) => {
    const at = now();
    const told = events.filter(({ type }) => type === 'sheet:written');
    const tags = new Set(JSON.stringify(told).match(/line-\d+-\d+/g));
    if (tag === undefined && tags.size) sample = events;
    for (const one of tag === undefined ? tags : [tag]) {
      if (!known.has(one)) arrivals.push([one, `${machine}:${upTo}`, at]);
      known.add(one);
    }
  });
}

async function watch({ url, code, people }: Extract<ToWatchers, { type: 'watch' }>): Promise<void> {
  for (const person of people) {
    const client = await connect(url, person);
    await client.get('class:watch', { code, cursor: 0, roster: false });
    listen(client.socket);
    await client.get('board:watch', { code, cursors: {} });
  }
}

async function watchRaw({ url, listeners }: Extract<ToWatchers, { type: 'watch-raw' }>): Promise<void> {
  for (let n = 0; n < listeners; n++) {
    const socket = io(url, { transports: ['websocket'], forceNew: true });
    listen(socket);
    await socket.emitWithAck('watch');
  }
}

const say = (message: FromWatchers) => process.send!(message);
process.on('message', async (message: ToWatchers) => {
  if (message.type === 'watch') await watch(message).then(() => say({ type: 'watching' }));
  if (message.type === 'watch-raw') await watchRaw(message).then(() => say({ type: 'watching' }));
  if (message.type === 'arrived') say({ type: 'arrivals', arrivals: arrivals.splice(0), sample });
});
process.on('disconnect', () => process.exit(0));
