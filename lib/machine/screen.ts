/**
 * What is shown of a computer to those who follow its terminal: what stands on the screen and is written there, how large it is,
 * and in which container the prompt stands. Its files, containers, logs and what its shell keeps are no part of it.
 *
 * It is a stream of its own, made of the machine's: `screenEvents` of each event, at the same positions.
 */
import { unreachable } from '../errors';
import type { MachineEvent } from './events';
import type { MachineState } from './state';

/** The terminal that a desk has. */
const mainTerminal = 'main';

export interface ScreenState {
  readonly user: string;
  /** Absent while no terminal is open. */
  readonly size?: { readonly columns: number; readonly rows: number };
  /** The end of all that was written. */
  readonly screen: string;
  /** Characters written in all, so that a reader can tell what it has. */
  readonly written: number;
  /** Name of the container that the prompt stands in. */
  readonly inside?: string;
}

export type ScreenEvent =
  | { readonly type: 'screen:made'; readonly user: string }
  | { readonly type: 'screen:sized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'screen:wrote'; readonly text: string }
  | { readonly type: 'screen:stood'; readonly inside?: string }
  | { readonly type: 'screen:closed' };

/** Characters that a follower keeps. */
const longest = 128 * 1024;

/** Only what is in sight: what was scrolled away or wiped before somebody came is not shown to them. */
export function screenOf({ user, terminals }: MachineState): ScreenState {
  const terminal = terminals.get(mainTerminal);
  if (!terminal) return { user, screen: '', written: 0 };
  const { columns, rows, screen, written, at } = terminal;
  const inside = at.inside?.name;
  return {
    user,
    size: { columns, rows },
    screen: inSight(screen, rows),
    written,
    ...(inside !== undefined && { inside }),
  };
}

/** What of an event belongs to the screen. */
export function screenEvents(event: MachineEvent): readonly ScreenEvent[] {
  if (event.type === 'machine:made') return [{ type: 'screen:made', user: event.user }];
  if (!('terminal' in event) || event.terminal !== mainTerminal) return [];
  switch (event.type) {
    case 'terminal:opened':
    case 'terminal:resized':
      return [{ type: 'screen:sized', columns: event.columns, rows: event.rows }];
    case 'terminal:wrote':
      return [{ type: 'screen:wrote', text: event.text }];
    case 'terminal:stood': {
      const inside = event.at.inside?.name;
      return [{ type: 'screen:stood', ...(inside !== undefined && { inside }) }];
    }
    case 'terminal:closed':
      return [{ type: 'screen:closed' }];
    case 'editor:opened':
    case 'editor:closed':
      return [];
    default:
      return unreachable(event);
  }
}

export function evolveScreen(state: ScreenState | undefined, event: ScreenEvent): ScreenState {
  const before = state ?? { user: '', screen: '', written: 0 };
  switch (event.type) {
    case 'screen:made':
      return { user: event.user, screen: '', written: 0 };
    case 'screen:sized':
      return { ...before, size: { columns: event.columns, rows: event.rows } };
    case 'screen:wrote':
      return { ...before, screen: end(before.screen + event.text), written: before.written + event.text.length };
    case 'screen:stood': {
      const { inside: _, ...outside } = before;
      return event.inside === undefined ? outside : { ...outside, inside: event.inside };
    }
    case 'screen:closed':
      return { user: before.user, screen: '', written: 0 };
    default:
      return unreachable(event);
  }
}

function end(screen: string): string {
  return screen.length <= 2 * longest ? screen : screen.slice(-longest);
}

/** What wipes a screen: `clear`, `reset`, and programs that draw whole screens. */
const wipes = ['\x1b[2J', '\x1b[H\x1b[J', '\x1bc'];

/** At most `rows` lines from the end, and nothing before the last wipe. */
function inSight(screen: string, rows: number): string {
  const wiped = Math.max(0, ...wipes.map((wipe) => screen.lastIndexOf(wipe)));
  const lines = screen.slice(wiped).split('\n');
  return lines.slice(-rows).join('\n');
}
