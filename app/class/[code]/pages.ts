import { useCallback, useMemo } from 'react';
import type { MachineState } from '../../../lib/machine';
import type { Room } from '../../_client';
import { portsOf } from '../../_view';

/** What a computer serves, and the way there. */
export function usePages(room: Room | undefined, machine: MachineState | undefined) {
  const id = machine?.id;
  const link = useCallback(
    async () => (room && id ? room.wire.ask('page:link', { code: room.code, machine: id }) : undefined),
    [room, id],
  );
  return { link, ports: useMemo(() => (machine ? portsOf(machine) : []), [machine]) };
}
