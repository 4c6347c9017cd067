'use client';
import { useEffect, useState } from 'react';
import { newKey, tabKeep } from './keep';
import { Outbox } from './outbox';
import type { Room } from './room';

/** The typing of this page into one's own computer. */
export function useOutbox(room: Room | undefined, onRefused: (message: string) => void): Outbox | undefined {
  const [outbox, setOutbox] = useState<Outbox>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one outbox for the life of a room
  useEffect(() => {
    if (!room) return;
    const send: Outbox['send'] = async (client, typed) => {
      const machine = room.ownId;
      if (!machine) return { ok: false, code: 'unavailable', message: '' };
      return room.wire.ask('terminal:type', { code: room.code, machine, client, ...typed });
    };
    const made = new Outbox(newKey(), send, tabKeep(room.code), undefined, onRefused);
    setOutbox(made);
    const stop = room.me.subscribe(() => void made.flush());
    void made.flush();
    return stop;
  }, [room]);
  return outbox;
}
