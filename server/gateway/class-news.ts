import { type ClassEvent, type ClassState, eventsFor, isPublic, type Viewer } from '../../lib/classroom';
import type { News } from './announcer';

/** To whom a piece of news about a class goes. `seat` undefined: every seat and viewer but those in `except`. */
export type Audience =
  | { readonly to: 'everybody' }
  | { readonly to: 'hosts' }
  | { readonly to: 'seat'; readonly seat: string }
  | { readonly to: 'others'; readonly except: readonly string[] };

const outsider: Viewer = { role: 'viewer' };

/**
 * One piece of news, as each audience may hear it: once for everybody when it is the same for all, else to the hosts whole,
 * to the seats that it is about in their own version, and to all others without what is not theirs. Positions are the same
 * for all. When the rules change, what was hidden before may be shown now: students and viewers are given a gap, and ask.
 */
export function forAudiences(
  news: News<ClassEvent>,
  state: ClassState,
): { readonly audience: Audience; readonly news: News<ClassEvent> }[] {
  const { events, upTo } = news;
  const { rules } = state;
  if (events.some(({ type }) => type === 'rules:set'))
    return [
      { audience: { to: 'hosts' }, news },
      { audience: { to: 'others', except: [] }, news: { from: upTo, upTo, events: [] } },
    ];
  const about = [...new Set(events.flatMap((event) => seatsConcerned(event, rules.names)))];
  if (events.every((event) => isPublic(event) && (rules.names || !namesSomebody(event))))
    return [{ audience: { to: 'everybody' }, news }];
  const seen = (viewer: Viewer): News<ClassEvent> => ({ ...news, events: eventsFor(events, viewer, state) });
  return [
    { audience: { to: 'hosts' }, news },
    ...about.map((seat) => ({ audience: { to: 'seat' as const, seat }, news: seen({ role: 'seat', seat }) })),
    { audience: { to: 'others', except: about }, news: seen(outsider) },
  ];
}

function seatsConcerned(event: ClassEvent, namesShown: boolean): string[] {
  if (event.type === 'note:sent')
    return [event.note.from, event.note.to].filter((one) => one !== 'host' && one !== 'all');
  if (event.type === 'round:answered') return [event.seat];
  return !namesShown && namesSomebody(event) ? [event.seat] : [];
}

function namesSomebody(event: ClassEvent): event is Extract<ClassEvent, { type: 'seat:taken' | 'seat:renamed' }> {
  return event.type === 'seat:taken' || event.type === 'seat:renamed';
}
