'use client';
import { useEffect, useMemo, useState } from 'react';
import { useInWords } from '../_i18n/language';
import { Room } from './room';
import { adoptLink, tokenFor } from './seats';
import { Store, useStore } from './store';
import { isLeft, takeWay } from './take-seat';
import { type Line, Wire } from './wire';

/** The class of this page; undefined until the page runs in a browser. `as` says which of a browser's rights to use. */
export function useRoom(code: string, as: 'host' | 'any', board = false, guest?: string): Room | undefined {
  const [room, setRoom] = useState<Room>();
  useEffect(() => {
    adoptLink(code);
    const way = as === 'any' && !guest ? takeWay(code) : undefined;
    const made = new Room(code, { own: true, board, guest }, way?.wire ?? new Wire(tokenFor(code, as)), way?.machine);
    made.open();
    setRoom(made);
    return () => made.close();
  }, [code, as, board, guest]);
  useWords(room?.wire);
  return room;
}

/** A connection without a class: to look at a code, or to ask for one's classes. */
export function useWire(): Wire | undefined {
  const [wire, setWire] = useState<Wire>();
  useEffect(() => {
    const made = new Wire();
    made.open();
    setWire(made);
    return () => {
      if (!isLeft(made)) made.close();
    };
  }, []);
  useWords(wire);
  return wire;
}

/** Another language changes the words of the same wire: it stays connected. */
function useWords(wire: Wire | undefined): void {
  const inWords = useInWords();
  useEffect(() => {
    if (wire) wire.inWords = inWords;
  }, [wire, inWords]);
}

const nothing = new Store(undefined);

/** What a store of the room holds; undefined while there is no room. */
export function useHeld<T>(store: Store<T> | undefined): T | undefined {
  return useStore((store ?? nothing) as Store<T | undefined>);
}

export type Connection =
  | Exclude<Line, { since: number }>
  | (Extract<Line, { since: number }> & { readonly waiting: number });

/** The line as people are told of it. */
export function useConnection(room: { readonly wire: Wire } | undefined, waiting = 0): Connection {
  const line = useHeld(room?.wire.line);
  return useMemo(() => {
    if (!line) return { kind: 'connecting' };
    return 'since' in line ? { ...line, waiting } : line;
  }, [line, waiting]);
}
