'use client';
import { useHeld, useRoom } from '../../../_client';
import { Terminal } from '../../../_features/terminal';
import { useSay } from '../../../_i18n/language';
import { useTerminal } from '../terminal';

/**
 * The host's own terminal, streamed for as long as it is in the spotlight. It has a connection of its own, which ends with
 * it: whoever follows does not keep a copy of the host's computer.
 */
export function HostTerminal({ code }: { readonly code: string }) {
  const say = useSay();
  const room = useRoom(code, 'any', false, 'host');
  const machine = useHeld(room?.own);
  const terminal = useTerminal(undefined, machine, room);
  const columns = machine?.terminals.get(terminal.id)?.columns;
  if (!machine || !columns) return <p className="text-[26px] text-soft">{say('spotlight.noTerminal')}</p>;
  return (
    <div className="grid h-full min-h-[60dvh] w-full [&_header]:text-[22px]">
      <Terminal
        {...terminal.shown}
        user={machine.user}
        colour={-1}
        readOnly
        as={{ columns, smallest: window.innerWidth < 900 ? 12 : 24 }}
        onType={() => {}}
        onResize={() => {}}
      />
    </div>
  );
}
