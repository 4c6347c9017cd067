/**
 * The terminals of a computer: each a line to a person, with a login shell of the host behind it. When that shell ends another
 * one begins, as a terminal window that is opened again.
 */
import type { Clock } from '../clock';
import type { ContainerId } from '../container';
import type { Descriptor, LiveSystem, Process, Program, Terminal } from '../process';
import { tellIfMoved } from './checkpoints';
import type { MachineEvent, Standing, TerminalId } from './events';
import { TerminalOutput } from './terminal-output';

export interface TerminalsOptions {
  readonly system: LiveSystem;
  readonly clock: Clock;
  readonly changed: () => void;
  /** The login shell of a terminal; what it knew and where it was before a restart, for the first one only. */
  readonly shell: (restore?: unknown, back?: readonly string[]) => Program;
  readonly login: {
    readonly env: Record<string, string>;
    readonly cwd: string;
    readonly credentials: { uid: number; gid: number; groups: readonly number[] };
  };
}

interface LiveTerminal {
  readonly device: Descriptor & { readonly terminal: Terminal };
  readonly output: TerminalOutput;
  standing: Standing;
  told: Standing;
  process: Process | undefined;
}

export class Terminals {
  readonly #live = new Map<TerminalId, LiveTerminal>();

  constructor(readonly options: TerminalsOptions) {}

  has(id: TerminalId): boolean {
    return this.#live.has(id);
  }

  /** `known` is what the stream tells of this terminal, when it goes on after a restart. */
  open(
    id: TerminalId,
    columns: number,
    rows: number,
    known: { readonly restore?: unknown; readonly back?: readonly string[] } = {},
  ): void {
    const { system, clock, changed } = this.options;
    const output = new TerminalOutput(clock, changed);
    const device = system.terminal({ columns, rows, output: (bytes) => output.write(bytes) });
    const terminal: LiveTerminal = {
      device,
      output,
      standing: {},
      told: {},
      process: undefined,
    };
    this.#live.set(id, terminal);
    // The prompt that stands on the screen is drawn again, over itself.
    if (known.restore !== undefined) void output.write(new TextEncoder().encode('\r\x1b[K'));
    void this.#keepLoggedIn(id, terminal, known);
  }

  type(id: TerminalId, text: string): void {
    this.#live.get(id)?.device.terminal.type(new TextEncoder().encode(text));
  }

  resize(id: TerminalId, columns: number, rows: number): void {
    this.#live.get(id)?.device.terminal.resize(columns, rows);
  }

  close(id: TerminalId): void {
    this.#live.get(id)?.device.terminal.hangUp();
    this.#live.delete(id);
  }

  /** Which terminal that device is. */
  of(device: Terminal | undefined): TerminalId | undefined {
    return this.#find((terminal) => terminal.device.terminal === device);
  }

  /** Which terminal is inside that container. */
  inside(container: ContainerId): TerminalId | undefined {
    return this.#find((terminal) => terminal.standing.inside?.container === container);
  }

  /**
   * The line that is about to be run by whoever sits at this terminal, to be asked for when it runs: of the shell that has begun
   * a line since now, be it the host's or one in the container that the terminal stands in; else the one that still runs.
   */
  lineAt(id: TerminalId, inside: (container: ContainerId) => readonly Process[]): () => string {
    const shells = (): Process[] => {
      const { process, standing } = this.#live.get(id) ?? {};
      return [...(process ? [process] : []), ...(standing?.inside ? inside(standing.inside.container) : [])];
    };
    const before = new Map(shells().map((shell) => [shell, shell.lastLine?.().count]));
    return () => {
      const known = shells().filter((shell) => shell.lastLine);
      const began = known.findLast((shell) => shell.lastLine!().count !== before.get(shell));
      return (began ?? known.at(-1))?.lastLine?.().text ?? '';
    };
  }

  #find(wanted: (terminal: LiveTerminal) => boolean): TerminalId | undefined {
    for (const [id, terminal] of this.#live) if (wanted(terminal)) return id;
    return undefined;
  }

  /** Where the person at that terminal device is now. */
  stand(device: Terminal | undefined, at: Standing): void {
    for (const terminal of this.#live.values())
      if (device && terminal.device.terminal === device) terminal.standing = at;
    this.options.changed();
  }

  /** What is to be told at the end of a turn; `checkpoints` as they were told. */
  drain(checkpoints: ReadonlyMap<string, unknown>): MachineEvent[] {
    return [...this.#live].flatMap(([id, terminal]) => [
      ...wrote(id, terminal),
      ...stood(id, terminal),
      ...tellIfMoved(id, terminal.process, checkpoints.get(id)),
    ]);
  }

  async #keepLoggedIn(
    id: TerminalId,
    terminal: LiveTerminal,
    known: { restore?: unknown; back?: readonly string[] },
  ): Promise<void> {
    let { restore, back } = known;
    while (this.#live.get(id) === terminal && !this.options.system.over) {
      const { system, shell, login } = this.options;
      const descriptors = new Map([0, 1, 2].map((number) => [number, terminal.device]));
      terminal.device.terminal.foreground = 0;
      const process = system.start({
        program: shell(restore, back),
        argv: ['-bash'],
        ...login,
        env: { ...login.env },
        descriptors,
      });
      terminal.process = process;
      await system.ended(process);
      terminal.device.terminal.mode = 'line';
      terminal.device.terminal.echo = true;
      restore = undefined;
      back = undefined;
    }
  }
}

function wrote(id: TerminalId, terminal: LiveTerminal): MachineEvent[] {
  const text = terminal.output.take();
  return text === '' ? [] : [{ type: 'terminal:wrote', terminal: id, text }];
}

function stood(id: TerminalId, terminal: LiveTerminal): MachineEvent[] {
  if (terminal.standing === terminal.told) return [];
  if (JSON.stringify(terminal.standing) === JSON.stringify(terminal.told)) return [];
  terminal.told = terminal.standing;
  return [{ type: 'terminal:stood', terminal: id, at: terminal.standing }];
}
