/** What a shell does when a signal comes, or when it ends. */
import { parseSignal, type Signal, signals } from '../process';
import { Interrupted, WaitBroken } from './flow';
import type { Shell } from './shell';

export type TrapName = Signal | 'EXIT' | 'ERR' | 'DEBUG';

export function parseTrapName(text: string): TrapName | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (text === '0' || name === 'EXIT') return 'EXIT';
  if (name === 'ERR' || name === 'DEBUG') return name;
  return parseSignal(text);
}

/** Actions by what they wait for; an empty one ignores the signal. Most shells have none: the map is made with the first. */
export class Traps {
  #actions: Map<TrapName, string> | undefined;
  readonly #pending: Signal[] = [];

  /** A subshell goes on ignoring what its parent ignores, and nothing else. */
  constructor(from?: Traps) {
    for (const name of from?.names() ?? []) if (from!.get(name) === '') this.set(name, '');
  }

  get(name: TrapName): string | undefined {
    return this.#actions?.get(name);
  }

  has(name: TrapName): boolean {
    return this.#actions?.has(name) ?? false;
  }

  names(): TrapName[] {
    return [...(this.#actions?.keys() ?? [])];
  }

  set(name: TrapName, action: string): void {
    (this.#actions ??= new Map()).set(name, action);
  }

  drop(name: TrapName): void {
    this.#actions?.delete(name);
  }

  /** Signals that came and were not yet answered. */
  get pending(): boolean {
    return this.#pending.length > 0;
  }

  came(signal: Signal): void {
    this.#pending.push(signal);
  }

  next(): Signal | undefined {
    return this.#pending.shift();
  }
}

/** `trap`: from now on; undefined is as it was at the beginning. */
export function setTrap(shell: Shell, name: TrapName, action: string | undefined): void {
  if (action === undefined) shell.traps.drop(name);
  else shell.traps.set(name, action);
  if (!isSignal(name) || name === 'KILL' || name === 'STOP') return;
  if (action === '') shell.process.onSignal(name, 'ignore');
  else if (action === undefined) shell.process.onSignal(name, untrapped(shell, name));
  else
    shell.process.onSignal(name, () => {
      shell.traps.came(name);
      if (shell.waiting) throw new WaitBroken(128 + signals[name]);
    });
}

function isSignal(name: TrapName): name is Signal {
  return name !== 'EXIT' && name !== 'ERR' && name !== 'DEBUG';
}

/** A shell at a prompt is not ended by what ends others. */
export function beInteractive(shell: Shell): void {
  for (const signal of ['INT', 'XCPU', 'QUIT', 'TERM', 'TSTP', 'TTIN', 'TTOU'] as const)
    if (!shell.traps.has(signal)) setTrap(shell, signal, undefined);
}

function untrapped(shell: Shell, signal: Signal): 'default' | (() => void) {
  if (!shell.interactive) return 'default';
  switch (signal) {
    case 'INT':
      return () => {
        if (shell.interruptible) throw new Interrupted(130);
      };
    case 'XCPU':
      return overtime;
    case 'QUIT':
    case 'TERM':
    case 'TSTP':
    case 'TTIN':
    case 'TTOU':
      return unmoved;
    default:
      return 'default';
  }
}

// Shared by all shells: one that waits keeps seven of these.
const unmoved = () => {};
const overtime = () => {
  throw new Interrupted(152);
};
