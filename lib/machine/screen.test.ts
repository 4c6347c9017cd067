import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryContent } from '../content';
import { evolveMachine, layersOf, type MachineEvent, type MachineState } from '.';
import { evolveScreen, type ScreenState, screenEvents, screenOf } from './screen';

const layers = layersOf(new MemoryContent());
const made: MachineEvent = { type: 'machine:made', id: 'c.host', user: 'ms', hostname: 'laptop', at: '2026-01-05' };
const lived = (events: readonly MachineEvent[]) =>
  events.reduce<MachineState | undefined>((state, event) => evolveMachine(state, event, layers), undefined)!;
const followed = (events: readonly MachineEvent[]) =>
  events.flatMap(screenEvents).reduce<ScreenState | undefined>(evolveScreen, undefined)!;

const inside = { container: 'a'.repeat(64) as never, name: 'web', by: 'exec' as const, argv: ['sh', '-c', 'secret'] };
const opened: MachineEvent = { type: 'terminal:opened', terminal: 'main', columns: 80, rows: 24 };
const anything = fc.constantFrom<MachineEvent | readonly MachineEvent[]>(
  { type: 'terminal:opened', terminal: 'main', columns: 80, rows: 24 },
  { type: 'terminal:resized', terminal: 'main', columns: 100, rows: 5 },
  { type: 'terminal:opened', terminal: 'other', columns: 80, rows: 24 },
  { type: 'terminal:wrote', terminal: 'main', text: 'one\r\ntwo\r\n' },
  { type: 'terminal:wrote', terminal: 'main', text: '\x1b[H\x1b[J' },
  { type: 'terminal:wrote', terminal: 'other', text: 'secret' },
  { type: 'terminal:stood', terminal: 'main', at: { inside } },
  { type: 'terminal:stood', terminal: 'main', at: {} },
  { type: 'shell:typed', of: 'main', typed: 'secret' },
  { type: 'shell:stood', of: 'main', checkpoint: { history: ['secret'] } },
  { type: 'input:taken', client: 'secret00', seq: 1 },
  { type: 'editor:opened', terminal: 'main', path: '/secret', text: 'secret' },
  { type: 'editor:closed', terminal: 'main' },
  [{ type: 'terminal:closed', terminal: 'main' }, opened],
  { type: 'person:stuck', line: 'secret' },
  [made, opened],
);

describe('a screen that is followed', () => {
  it('is what the terminal shows, by its events as by its state, and never anything else', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (events) => {
        const all = [made, opened, ...events.flat()];
        const [given, heard] = [screenOf(lived(all)), followed(all)];
        expect({ ...heard, screen: '' }).toEqual({ ...given, screen: '' });
        expect(heard.screen.endsWith(given.screen)).toBe(true);
        expect(JSON.stringify([given, all.flatMap(screenEvents)])).not.toContain('secret');
      }),
    );
  });

  it('is given without what was scrolled away or wiped before', () => {
    const wrote = (text: string): MachineEvent => ({ type: 'terminal:wrote', terminal: 'main', text });
    const open: MachineEvent = { type: 'terminal:opened', terminal: 'main', columns: 80, rows: 3 };
    const shown = (...texts: string[]) => screenOf(lived([made, open, ...texts.map(wrote)]));
    expect(shown('a\r\nb\r\n', 'c\r\nd\r\n', '$ ')).toMatchObject({ screen: 'c\r\nd\r\n$ ', written: 14 });
    expect(shown('password\r\n', '\x1b[H\x1b[J$ ').screen).toBe('\x1b[H\x1b[J$ ');
    expect(screenOf(lived([made]))).toEqual({ user: 'ms', screen: '', written: 0 });
  });
});
