'use client';
import { useEffect, useState } from 'react';
import type { ScreenEvent, ScreenState } from '../../lib/machine';
import { Inbox } from './inbox';
import { evolveScreen } from './machine-replica';
import { tokenFor } from './seats';
import { useHeld } from './use-room';
import { Wire } from './wire';

/** The host's terminal while it is in the spotlight, on a line of its own, which ends with it. */
export function useHostScreen(code: string): ScreenState | undefined {
  const [inbox, setInbox] = useState<Inbox<ScreenState, ScreenState, ScreenEvent>>();
  useEffect(() => {
    const wire = new Wire(tokenFor(code, 'any'));
    const made = new Inbox<ScreenState, ScreenState, ScreenEvent>({
      parse: (state) => state,
      evolve: evolveScreen,
      watch: async (cursor) => {
        const answer = await wire.watch('screen:watch', { code, cursor });
        return answer.ok ? answer.screen : undefined;
      },
    });
    wire.on('screen:changed', (news) => void made.hear(news));
    wire.onOnline(() => void made.watch());
    wire.open();
    setInbox(made);
    return () => wire.close();
  }, [code]);
  return useHeld(inbox?.replica);
}
