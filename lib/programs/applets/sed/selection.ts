/** Whether a command's addresses mean the line at hand. */
import { type Editing, regexOf } from './editing';
import type { Address, Command } from './script';

export async function isSelected(editing: Editing, command: Command): Promise<boolean> {
  const { first, second, negated } = command;
  if (!first) return !negated;
  return (second ? await isInRange(editing, command, first, second) : await matches(editing, first)) !== negated;
}

async function matches(editing: Editing, address: Address): Promise<boolean> {
  const { line } = editing.input;
  switch (address.kind) {
    case 'line':
      return line === address.line;
    case 'step':
      return address.step === 0
        ? line === address.line
        : line >= address.line && (line - address.line) % address.step === 0;
    case 'last':
      return editing.input.isLast();
    case 'regex':
      return regexOf(editing, address.regex).test(editing.space);
    case 'plus':
      return false;
  }
}

async function isInRange(editing: Editing, command: Command, first: Address, second: Address): Promise<boolean> {
  const active = editing.active.get(command);
  const { line } = editing.input;
  if (!active) {
    // `0,/…/` is open before the first line.
    const zero = first.kind === 'line' && first.line === 0 && active === undefined;
    if (!zero) return (await matches(editing, first)) && opened(editing, command, second);
    editing.active.set(command, true);
  }
  const until = editing.active.get(command);
  const last = typeof until === 'number' ? until : second.kind === 'line' ? second.line : undefined;
  if (last === undefined ? await matches(editing, second) : line >= last) editing.active.set(command, false);
  return !(second.kind === 'line' && line > second.line);
}

/** A range begins with this line, and may end with it. */
function opened({ active, input: { line } }: Editing, command: Command, second: Address): true {
  if (second.kind === 'plus') active.set(command, second.line > 0 && line + second.line);
  else if (second.kind !== 'line' || second.line > line) active.set(command, true);
  return true;
}
