import type { ContainerId } from '../container';
import type { Process } from '../process';
import type { MachineEvent, TerminalId } from './events';

type Checkpoint = Readonly<Record<string, unknown>>;

/**
 * Tells what a shell would need after a restart, when that has changed. What is being typed changes with every key and is told
 * apart from the rest, which changes with every command.
 */
export class CheckpointTeller {
  /** As it was told last: the very values that the event, and so the state, hold. */
  #rest: Checkpoint | undefined;
  #typed = '';

  constructor(readonly of: TerminalId | ContainerId) {}

  tell(process: Process | undefined): MachineEvent[] {
    const checkpoint = process?.checkpoint?.();
    if (typeof checkpoint !== 'object' || checkpoint === null) return [];
    const { typed = '', ...rest } = checkpoint as { typed?: string };
    const [before, typedBefore] = [this.#rest, this.#typed];
    this.#typed = typed;
    if (!isSame(rest, before)) {
      this.#rest = copyOf(rest) as Checkpoint;
      return [{ type: 'shell:stood', of: this.of, checkpoint: { ...this.#rest, typed } }];
    }
    return typed === typedBefore ? [] : [{ type: 'shell:typed', of: this.of, typed }];
  }
}

/** Of two values that JSON can hold; what is undefined is not there. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, theirs] = [present(one), present(other)];
  return mine.length === theirs.length && mine.every(([key, value]) => isSame(value, (other as Checkpoint)[key]));
}

/** Arrays and objects anew, as the shell goes on changing its own; texts are shared. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(present(value).map(([key, one]) => [key, copyOf(one)]));
}

const present = (value: object) => Object.entries(value).filter(([, one]) => one !== undefined);
