import type { ContainerId } from '../container';
import type { Process } from '../process';
import type { MachineEvent, TerminalId } from './events';

/**
 * Tells what a shell would need after a restart, when that has changed. What is being typed changes with every key and is told
 * apart from the rest, which changes with every command.
 */
export class CheckpointTeller {
  #rest = '';
  #typed = '';

  constructor(readonly of: TerminalId | ContainerId) {}

  tell(process: Process | undefined): MachineEvent[] {
    const checkpoint = process?.checkpoint?.();
    if (typeof checkpoint !== 'object' || checkpoint === null) return [];
    const { typed = '', ...others } = checkpoint as { typed?: string };
    const rest = JSON.stringify(others);
    const events: MachineEvent[] = [];
    if (rest !== this.#rest)
      events.push({ type: 'shell:stood', of: this.of, checkpoint: { ...JSON.parse(rest), typed } });
    else if (typed !== this.#typed) events.push({ type: 'shell:typed', of: this.of, typed });
    this.#rest = rest;
    this.#typed = typed;
    return events;
  }
}
