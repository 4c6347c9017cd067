import type { Server, Socket } from 'socket.io';
import type { Announcements } from '../../lib/protocol';
import type { Announcers } from './announce';
import type { Listening } from './answers';
import type { Person } from './person';

export type Io = Server<
  Record<string, never>,
  Announcements,
  { 'class:stale': (id: string) => void },
  { person: Person }
>;

/** Rooms. Whoever is in one may hear everything that is said there; nobody else does. */
export const room = {
  /** Everybody who watches a class with its roster, and those of them who teach it or do not. */
  class: (id: string) => `class:${id}`,
  hosts: (id: string) => `hosts:${id}`,
  others: (id: string) => `others:${id}`,
  viewers: (id: string) => `viewers:${id}`,
  /** One seat's pages; those of them that watch the class. */
  seat: (id: string, seat: string) => `seat:${id}.${seat}`,
  seatWatches: (id: string, seat: string) => `watches:${id}.${seat}`,
  /** Students' pages without a roster: all of a class, one seat's. A page is here or in `class`, never in both. */
  desks: (id: string) => `desks:${id}`,
  desk: (id: string, seat: string) => `desk:${id}.${seat}`,
  board: (id: string) => `board:${id}`,
  /** Those of the board who see it only while comparisons are open to students. */
  compares: (id: string) => `compares:${id}`,
  /** The host's terminal, while it is in the spotlight. */
  screen: (id: string) => `screen:${id}`,
  /** A machine with its terminals; `guest` are those who may see it only while they are let. */
  machine: (machine: string) => `machine:${machine}`,
  guest: (machine: string) => `guest:${machine}`,
};

/**
 * Joining, right after a socket was given everything up to now: what is still kept back for others is sent before, so that the
 * newcomer does not hear again what it has been given.
 */
export function listen(socket: Socket, announcers: Announcers): Listening {
  const join = (...names: string[]) => void socket.join(names);
  return {
    toClass(id, viewer, upTo) {
      const { desks, desk, class: all, hosts, others, seatWatches, viewers } = room;
      if (viewer.role === 'seat') {
        const { seat } = viewer;
        const [atDesk, withRoster] = [
          [desks(id), desk(id, seat)],
          [all(id), others(id), seatWatches(id, seat)],
        ];
        for (const left of viewer.desk ? withRoster : atDesk) void socket.leave(left);
        if (viewer.desk) {
          announcers.desks.came(id, socket.id, { seat, upTo });
          return join(...atDesk);
        }
        announcers.classes.flush(id);
        return join(...withRoster);
      }
      announcers.classes.flush(id);
      join(all(id), ...(viewer.role === 'host' ? [hosts(id)] : [others(id), viewers(id)]));
    },
    toMachine(machine, as) {
      announcers.machines.flush(machine);
      announcers.boards.flush(machine);
      join(room.machine(machine), ...(as === 'guest' ? [room.guest(machine)] : []));
    },
    toBoard({ id, role }) {
      const only = { seat: [room.compares(id)], viewer: [room.viewers(id)], host: [], stranger: [] }[role];
      join(room.board(id), ...only);
    },
    toScreen({ id, role }) {
      announcers.screens.flush(id);
      join(room.screen(id), ...(role === 'viewer' ? [room.viewers(id)] : []));
    },
    boardUpTo: (machine) => announcers.boards.flush(machine),
    asSeat: (id, seat) => join(room.seat(id, seat)),
  };
}
