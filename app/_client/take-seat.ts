import type { Answer } from '../../lib/protocol';
import { forgetAsk, keepSeat, seatAsk } from './seats';
import type { Wire } from './wire';

/** The one terminal of a desk. */
export const mainTerminal = 'main';

/** A line that goes from the door to the desk, and the computer that stands there. */
export interface Way {
  readonly wire: Wire;
  readonly machine: string;
}

const ways = new Map<string, Way>();

/**
 * A seat under this name. The line over which it was taken is its own already: it is left for the desk, and the terminal
 * is opened on the way there.
 */
export async function takeSeat(wire: Wire, code: string, name: string): Promise<Answer<'seat:take'>> {
  const ask = () => wire.ask('seat:take', { code, name, key: seatAsk(code) });
  let answer = await ask();
  if (!answer.ok && answer.code === 'not-found' && answer.detail?.seat) {
    // What was asked for before was given, and taken away again.
    forgetAsk(code);
    answer = await ask();
  }
  if (!answer.ok) return answer;
  const { token, machine } = answer;
  keepSeat(code, token);
  wire.become(token);
  ways.set(code, { wire, machine });
  void wire.ask('terminal:open', { code, machine, terminal: mainTerminal, columns: 80, rows: 24 });
  return answer;
}

/** True for a line that somebody will go on with: it is not closed with the screen that it was made on. */
export function isLeft(wire: Wire): boolean {
  return [...ways.values()].some((way) => way.wire === wire);
}

/** Goes on with what the door has left, once. */
export function takeWay(code: string): Way | undefined {
  const way = ways.get(code);
  ways.delete(code);
  return way;
}
