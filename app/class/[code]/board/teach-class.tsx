'use client';
import type { ClassState } from '../../../../lib/classroom';
import type { RefusedBy } from '../../../../lib/protocol';
import type { Room } from '../../../_client';
import { type Outcome, Teach } from '../../../_features/teach';
import { useSay } from '../../../_i18n/language';

/** The tools of a host, asked of the server. */
export function TeachClass({ room, state }: { readonly room: Room | undefined; readonly state: ClassState }) {
  const say = useSay();
  const code = state.code;
  const silence: Outcome = { ok: false, message: say('refused.unavailable') };
  const names = new Map(state.seats.map(({ id, name, colour }) => [id, { name, colour }]));
  return (
    <Teach
      frozen={state.frozen}
      names={names}
      onFreeze={(frozen) => void room?.wire.ask('class:freeze', { code, frozen })}
      onNote={async (text) => (await room?.wire.ask('note:send', { code, to: 'all', text })) ?? silence}
      onRun={async (line) => worded(room, await room?.wire.ask('everyone:run', { code, line })) ?? silence}
      onGive={async (path, text) =>
        worded(room, await room?.wire.ask('everyone:give', { code, path, text, inside: false })) ?? silence
      }
    />
  );
}

/** With the reasons of those who did not do it in the reader's words. */
function worded<T extends { readonly ok: boolean; readonly refused?: readonly RefusedBy[] }>(
  room: Room | undefined,
  answer: T | undefined,
): T | undefined {
  if (!room || !answer?.refused) return answer;
  return { ...answer, refused: answer.refused.map((one) => ({ ...one, message: room.wire.inWords(one) })) };
}
