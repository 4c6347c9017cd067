import type { Server, Socket } from 'socket.io';
import type { Viewer } from '../../lib/classroom';
import type { Announcements } from '../../lib/protocol';
import type { Announcers } from './announce';
import type { Listening } from './answers';
import type { Person, Standing } from './person';

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
  /** Those of the board who are told how people are doing. */
  teachers: (id: string) => `teachers:${id}`,
  /** Those of the board who see it only while comparisons are open to students. */
  compares: (id: string) => `compares:${id}`,
  /** The host's terminal, while it is in the spotlight. */
  screen: (id: string) => `screen:${id}`,
  /** A machine with its terminals; `guest` are those of the hosts who may see it only while they are let. */
  machine: (machine: string) => `machine:${machine}`,
  guest: (machine: string) => `guest:${machine}`,
};

/**
 * Joining, right after a socket was given everything up to now: what is still kept back for others is sent before, so that the
 * newcomer does not hear again what it has been given.
 */
export class SocketRooms implements Listening {
  constructor(
    private readonly socket: Socket,
    private readonly announcers: Announcers,
  ) {}

  toClass(id: string, viewer: Viewer, upTo: number): void {
    if (viewer.role === 'seat' && viewer.desk) this.#toDesk(id, viewer.seat, upTo);
    else this.#toRoster(id, viewer);
  }

  toMachine(machine: string, as: 'own' | 'guest'): void {
    this.announcers.machines.flush(machine);
    this.announcers.boards.flush(machine);
    this.#join(room.machine(machine), ...(as === 'guest' ? [room.guest(machine)] : []));
  }

  toBoard({ id, role }: Standing): void {
    const only = { seat: [room.compares(id)], viewer: [room.viewers(id)], host: [room.teachers(id)], stranger: [] }[
      role
    ];
    this.#join(room.board(id), ...only);
  }

  toScreen({ id, role }: Standing): void {
    this.announcers.screens.flush(id);
    this.#join(room.screen(id), ...(role === 'viewer' ? [room.viewers(id)] : []));
  }

  tellGuests(machine: string, draft: Parameters<Announcements['editor:drafted']>[0]): void {
    this.socket.to(room.guest(machine)).emit('editor:drafted', draft);
  }

  boardUpTo(machine: string): void {
    this.announcers.boards.flush(machine);
  }

  asSeat(id: string, seat: string): void {
    this.#join(room.seat(id, seat));
  }

  #toRoster(id: string, viewer: Viewer): void {
    const { class: all, hosts, others, viewers, seatWatches } = room;
    this.announcers.classes.flush(id);
    if (viewer.role === 'seat') {
      this.#leave(room.desks(id), room.desk(id, viewer.seat));
      this.#join(all(id), others(id), seatWatches(id, viewer.seat));
    } else this.#join(all(id), ...(viewer.role === 'host' ? [hosts(id)] : [others(id), viewers(id)]));
  }

  #toDesk(id: string, seat: string, upTo: number): void {
    this.announcers.desks.came(id, this.socket.id, { seat, upTo });
    this.#leave(room.class(id), room.others(id), room.seatWatches(id, seat));
    this.#join(room.desks(id), room.desk(id, seat));
  }

  #join(...names: string[]): void {
    void this.socket.join(names);
  }

  #leave(...names: string[]): void {
    for (const name of names) void this.socket.leave(name);
  }
}
