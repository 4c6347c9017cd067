/** bash's arrays: assigning to them, and what their elements are. */
import { calculateText } from './calculate';
import { expandText, expandWords } from './expand';
import type { Shell } from './shell';
import type { Assignment, Word } from './syntax';

/** The key that an index comes to: a number, or the text itself of an associative array. */
export async function keyOf(shell: Shell, name: string, index: Word): Promise<string> {
  const text = await expandText(shell, index);
  const found = shell.variables.attributes(name);
  if (found?.associative) return text;
  const number = calculateText(shell, text);
  if (number >= 0n) return number.toString();
  const largest = Math.max(-1, ...[...(found?.elements?.keys() ?? [])].map(Number));
  return (BigInt(largest) + 1n + number).toString();
}

export async function assignElement(shell: Shell, { name, index, append, value }: Assignment): Promise<void> {
  const key = await keyOf(shell, name, index!);
  const text = await expandText(shell, value, { assignment: true });
  shell.guard(name, () => {
    const elements = shell.variables.elements(name);
    elements.set(key, append ? (elements.get(key) ?? '') + text : text);
  });
}

export async function assignList(shell: Shell, { name, append, list }: Assignment): Promise<void> {
  const found = new Map<string, string>();
  const old = shell.variables.attributes(name);
  let next = append
    ? Math.max(-1, ...[...(old?.elements?.keys() ?? (old?.value === undefined ? [] : ['0']))].map(Number)) + 1
    : 0;
  for (const { index, value } of list ?? []) {
    if (index) {
      const key = await keyOf(shell, name, index);
      found.set(key, await expandText(shell, value));
      next = Number(key) + 1;
    } else for (const text of await expandWords(shell, [value])) found.set(String(next++), text);
  }
  shell.guard(name, () => {
    const elements = shell.variables.elements(name);
    if (!append) elements.clear();
    for (const [key, text] of found) elements.set(key, text);
  });
}

/** Keys and values, by rising index; of an associative array as they were set. */
export function entriesOf(shell: Shell, name: string): readonly (readonly [key: string, value: string])[] {
  const found = shell.variables.attributes(name);
  if (!found?.elements) {
    const value = shell.variables.get(name);
    return value === undefined ? [] : [['0', value]];
  }
  const entries = [...found.elements];
  return found.associative ? entries : entries.sort(([a], [b]) => Number(a) - Number(b));
}

/** Undefined: there is no such element. */
export function elementOf(shell: Shell, name: string, key: string): string | undefined {
  return entriesOf(shell, name).find(([one]) => one === key)?.[1];
}
