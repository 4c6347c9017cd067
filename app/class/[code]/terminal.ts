import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { MachineState } from '../../../lib/machine';
import { mainTerminal, type Room } from '../../_client';

/** The one terminal of a desk: opened when its size is known, resized with the window, read from the replica. */
export function useTerminal(room: Room | undefined, machine: MachineState | undefined, outbox: unknown) {
  const terminal = machine?.terminals.get(mainTerminal);
  const size = useRef({ columns: 80, rows: 24 });
  const told = useRef('');
  const there = terminal !== undefined;
  const id = machine?.id;

  const tell = useCallback(
    (type: 'terminal:open' | 'terminal:resize') => {
      if (!room || !id) return;
      told.current = JSON.stringify(size.current);
      void room.wire.ask(type, { code: room.code, machine: id, terminal: mainTerminal, ...size.current });
    },
    [room, id],
  );

  useEffect(() => {
    if (id && !there) tell('terminal:open');
  }, [id, there, tell]);

  const resize = useCallback(
    (columns: number, rows: number) => {
      size.current = { columns: Math.max(10, Math.min(500, columns)), rows: Math.max(3, Math.min(300, rows)) };
      if (there && told.current !== JSON.stringify(size.current)) tell('terminal:resize');
    },
    [there, tell],
  );

  const insideId = terminal?.at.inside?.container;
  const inside =
    insideId && [...(machine?.engine.containers.values() ?? [])].find((record) => record.id === insideId)?.name;
  const shown = useMemo(
    () => ({ screen: terminal?.screen ?? '', written: terminal?.written ?? 0, inside: inside || undefined }),
    [terminal?.screen, terminal?.written, inside],
  );
  return {
    id: mainTerminal,
    editing: terminal?.editing,
    /** As wide as it is drawn at its desk. */
    columns: terminal?.columns ?? 80,
    ready: machine !== undefined && outbox !== undefined,
    shown,
    insideId,
    resize,
  };
}
