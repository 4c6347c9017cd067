import { useMemo } from 'react';
import type { ClassState, Spotlight } from '../../../lib/classroom';
import type { Room } from '../../_client';
import type { Asked } from '../../_features/roster';
import { useSay } from '../../_i18n/language';

/** What a host does to one person (and moves the spotlight to), asked of the server. Answers what went wrong, if anything. */
export function useSeatActs(room: Room | undefined, code: string) {
  const say = useSay();
  return useMemo(() => {
    const said = async (asking: Promise<{ readonly ok: boolean; readonly message?: string }> | undefined) => {
      const answer = await asking;
      return answer?.ok ? undefined : (answer?.message ?? say('refused.unavailable'));
    };
    const note = (to: string, text: string) => said(room?.wire.ask('note:send', { code, to, text }));
    const rename = (seat: string, name: string) => said(room?.wire.ask('seat:rename', { code, seat, name }));
    const act = (asked: Asked, text: string) => {
      if (asked.kind === 'end') return said(room?.wire.ask('class:end', { code }));
      const seat = asked.seat.id;
      if (asked.kind === 'note') return note(seat, text);
      if (asked.kind === 'rename') return rename(seat, text);
      if (asked.kind === 'remove') return said(room?.wire.ask('seat:remove', { code, seat }));
      return said(room?.wire.ask(asked.kind === 'undo' ? 'machine:undo' : 'machine:reset', { code, seat }));
    };
    const spotlight = (spotlight: Spotlight | null) => void room?.wire.ask('spotlight:move', { code, spotlight });
    const people = (state: ClassState) => [
      { id: 'all', name: say('notes.all') },
      ...state.seats.filter(({ removed }) => !removed).map(({ id, name }) => ({ id, name })),
    ];
    return { note, rename, act, spotlight, people };
  }, [room, code, say]);
}
