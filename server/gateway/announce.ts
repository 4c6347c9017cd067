import type { ClassEvent, ClassState } from '../../lib/classroom';
import { sentence } from '../../lib/errors';
import type { MachineEvent, ScreenEvent } from '../../lib/machine';
import { eventsSeen, isAboutPerson } from '../../lib/machine/events';
import { screenEvents } from '../../lib/machine/screen';
import type { Announcements } from '../../lib/protocol';
import { type ClassChange, machineOf } from '../classes';
import type { MachineChange } from '../machines';
import { Announcer } from './announcer';
import { type Audience, forAudiences } from './class-news';
import { Desks } from './desks';
import type { GatewayOptions } from './gateway';
import { type Io, room } from './rooms';

export interface Announcers {
  readonly classes: Announcer<ClassEvent>;
  readonly desks: Desks;
  readonly machines: Announcer<MachineEvent>;
  readonly boards: Announcer<MachineEvent>;
  readonly screens: Announcer<ScreenEvent>;
  close(): void;
}

/** From what custody tells to what rooms hear. */
export function announce(io: Io, { classes, machines, adapter }: GatewayOptions): Announcers {
  // With an adapter others may listen on another node.
  const heard = (name: string) => adapter !== undefined || io.of('/').adapter.rooms.has(name);
  const states = new Map<string, ClassState>();
  const classNews = new Announcer<ClassEvent>((id, whole) => {
    const state = states.get(id)!;
    if (!heard(room.class(id))) return;
    for (const { audience, news } of forAudiences(whole, state))
      to(io, id, audience).emit('class:changed', { code: state.code, ...news });
  });
  const desks = new Desks({ io, heard });
  const machineNews = new Announcer<MachineEvent>((machine, news) => {
    const own = room.machine(machine);
    // Nobody but hosts watches a host's.
    const teachers = machine.endsWith('.host') ? own : room.guest(machine);
    if (heard(own)) tell(io, { machine, ...news }, { all: own, teachers, except: [] });
  });
  // A machine that one watches with its terminals is heard once, with everything: its people are left out here.
  const boardNews = new Announcer<MachineEvent>((machine, news) => {
    const id = machine.slice(0, machine.lastIndexOf('.'));
    const [all, teachers] = [room.board(id), room.teachers(id)];
    if (heard(all)) tell(io, { machine, ...news }, { all, teachers, except: [room.machine(machine)] });
  });
  const screenNews = new Announcer<ScreenEvent>((id, news) => {
    if (heard(room.screen(id))) io.to(room.screen(id)).emit('screen:changed', { class: id, ...news });
  });
  classes.onChanged((change: ClassChange) => {
    const { id, state, ...news } = change;
    states.set(id, state);
    classNews.push(id, news);
    desks.push(change);
    for (const event of news.events) endRights(io, state, event, () => classNews.flush(id));
    if (adapter) io.serverSideEmit('class:stale', id);
  });
  machines.onChanged(({ machine, ...news }: MachineChange) => {
    machineNews.push(machine, news);
    boardNews.push(machine, { ...news, events: eventsSeen(news.events, { private: false, person: true }) });
    const [id = '', seat] = machine.split('.');
    if (seat === 'host') screenNews.push(id, { ...news, events: news.events.flatMap(screenEvents) });
  });
  const all = [classNews, desks, machineNews, boardNews, screenNews];
  return {
    classes: classNews,
    desks,
    machines: machineNews,
    boards: boardNews,
    screens: screenNews,
    close: () => all.forEach((one) => void one.close()),
  };
}

type MachineNews = Parameters<Announcements['machine:changed']>[0];

/** To the teachers among `all` whole; to the others without what tells how people are doing, and without a gap. */
function tell(
  io: Io,
  news: MachineNews,
  { all, teachers, except }: { all: string; teachers: string; except: readonly string[] },
): void {
  const seen = news.events.filter((event) => !isAboutPerson(event));
  const alike = seen.length === news.events.length;
  if (!alike)
    io.to(teachers)
      .except([...except])
      .emit('machine:changed', news);
  io.to(all)
    .except([...except, ...(alike ? [] : [teachers])])
    .emit('machine:changed', alike ? news : { ...news, events: seen });
}

function to(io: Io, id: string, audience: Audience) {
  switch (audience.to) {
    case 'everybody':
      return io.to(room.class(id));
    case 'hosts':
      return io.to(room.hosts(id));
    case 'seat':
      return io.to(room.seatWatches(id, audience.seat));
    case 'others':
      return io.to(room.others(id)).except(audience.except.map((seat) => room.seatWatches(id, seat)));
  }
}

/** Rights end with the event that ends them: whoever had them is told what there still is to tell, and hears no more. */
function endRights(io: Io, { id, code, rules, seats }: ClassState, event: ClassEvent, tellFirst: () => void): void {
  const { board, screen, compares } = room;
  const lost = (reason: 'seat.removed' | 'link.revoked') => ({ code, message: sentence(reason), detail: { reason } });
  const everyRoom = [room.class(id), room.others(id), room.desks(id), board(id), compares(id), screen(id)];
  switch (event.type) {
    case 'seat:removed': {
      const [pages, own] = [room.seat(id, event.seat), room.machine(machineOf(id, event.seat))];
      io.to(pages).emit('seat:lost', lost('seat.removed'));
      io.in(pages).socketsLeave([
        ...everyRoom,
        room.seatWatches(id, event.seat),
        room.desk(id, event.seat),
        own,
        pages,
      ]);
      leaveGuests(io, machineOf(id, event.seat));
      return;
    }
    case 'links:revoked':
      io.to(room.viewers(id)).emit('seat:lost', lost('link.revoked'));
      io.in(room.viewers(id)).socketsLeave([...everyRoom, room.viewers(id)]);
      return;
    case 'rules:set':
      tellFirst();
      if (!rules.compare) io.in(compares(id)).socketsLeave([board(id), compares(id)]);
      return;
    case 'look:asked':
    case 'look:ended':
      leaveGuests(io, machineOf(id, event.seat));
      return;
    case 'spotlight:moved':
      if (event.spotlight?.kind !== 'terminal') io.in(screen(id)).socketsLeave(screen(id));
      return;
    case 'class:ended':
      for (const seat of seats) leaveGuests(io, machineOf(id, seat.id));
      io.in(screen(id)).socketsLeave(screen(id));
      return;
    default:
      return;
  }
}

/** Whoever saw this machine's terminals only as a guest does not any more. */
function leaveGuests(io: Io, machine: string): void {
  io.in(room.guest(machine)).socketsLeave([room.machine(machine), room.guest(machine)]);
}
