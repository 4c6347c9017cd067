import { type ClassEvent, type ClassState, eventsFor, isOfOne } from '../../lib/classroom';
import type { ClassChange } from '../classes';
import { Announcer, type News } from './announcer';
import { type Io, room } from './rooms';

/** Milliseconds that others' arrivals, proofs and answers are gathered for: at a desk they only change a number. */
const gatherMs = 500;

interface Late {
  readonly seat: string;
  readonly upTo: number;
}

/**
 * News of a class for students' own pages, which show no roster: what is theirs, what is everybody's, and of the others how
 * many they are. Whoever comes while news are kept back has been given some of them, and is sent the rest by themselves.
 */
export class Desks {
  readonly #states = new Map<string, ClassState>();
  /** By class, by socket. */
  readonly #late = new Map<string, Map<string, Late>>();
  readonly #news = new Announcer<ClassEvent>((id, news) => this.#send(id, news), { waits: isOfOne, quietMs: gatherMs });

  constructor(private readonly options: { readonly io: Io; readonly heard: (name: string) => boolean }) {}

  push({ id, state, from, upTo, events }: ClassChange): void {
    this.#states.set(id, state);
    this.#news.push(id, { from, upTo, events });
  }

  flush(id: string): void {
    this.#news.flush(id);
  }

  came(id: string, socket: string, late: Late): void {
    if (!this.#news.keepsBack(id)) return;
    const known = this.#late.get(id);
    if (known) known.set(socket, late);
    else this.#late.set(id, new Map([[socket, late]]));
  }

  close(): void {
    this.#news.close();
  }

  #send(id: string, news: News<ClassEvent>): void {
    const { io, heard } = this.options;
    const late = this.#late.get(id) ?? new Map<string, Late>();
    this.#late.delete(id);
    if (!heard(room.desks(id))) return;
    const state = this.#states.get(id)!;
    const about = [...new Set(news.events.flatMap(concerned))];
    const say = (rooms: string, except: readonly string[], seat: string, piece: News<ClassEvent>) =>
      io
        .to(rooms)
        .except([...except])
        .emit('class:changed', { code: state.code, ...seenAt(seat, piece, state) });
    for (const seat of about) say(room.desk(id, seat), [...late.keys()], seat, news);
    say(room.desks(id), [...about.map((seat) => room.desk(id, seat)), ...late.keys()], '', news);
    for (const [socket, { seat, upTo }] of late) if (upTo < news.upTo) say(socket, [], seat, after(news, upTo));
  }
}

/** What has not been given yet; every event of a class is one position. */
function after({ from, upTo, events }: News<ClassEvent>, given: number): News<ClassEvent> {
  const begin = Math.max(from, given);
  return { from: begin, upTo, events: events.slice(begin - from) };
}

/** When the rules change, students are given a gap, and ask: what was hidden may be shown now. */
function seenAt(seat: string, { from, upTo, events }: News<ClassEvent>, state: ClassState): News<ClassEvent> {
  if (events.some(({ type }) => type === 'rules:set')) return { from: upTo, upTo, events: [] };
  return { from, upTo, events: eventsFor(events, { role: 'seat', seat, desk: true }, state) };
}

/** Whose own matter an event is. */
function concerned(event: ClassEvent): string[] {
  if (event.type === 'note:sent')
    return [event.note.from, event.note.to].filter((one) => one !== 'host' && one !== 'all');
  if (event.type === 'proof:reported') return event.viewer === 'host' ? [] : [event.viewer];
  return 'seat' in event ? [event.seat] : [];
}
