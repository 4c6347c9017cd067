/** `$((…))` in a shell: its variables, its elements, its words for what went wrong. */
import { ArithmeticFault, evaluate, isBeyondPosix } from './arithmetic';
import { elementOf } from './arrays';
import { expandText } from './expand';
import { Fault } from './flow';
import type { Shell } from './shell';
import type { Word } from './syntax';

export async function calculate(shell: Shell, expression: Word): Promise<string> {
  const source = await expandText(shell, expression);
  return calculateText(shell, source).toString();
}

export function calculateText(shell: Shell, source: string): bigint {
  if (shell.dialect === 'dash' && source.trim() === '')
    throw new Fault(shell.wording.arithmetic('operand', source, source));
  if (shell.dialect === 'dash' && isBeyondPosix(source))
    throw new Fault(shell.wording.arithmetic(/\*\*|\+\+|--/.test(source) ? 'operand' : 'syntax', source, source));
  try {
    return evaluate(source, {
      get: (reference) => {
        const [name, key] = elementReference(shell, reference);
        const value = key === undefined ? shell.variables.get(name) : elementOf(shell, name, key);
        if (shell.dialect === 'dash' && value && !/^\s*[-+]?(\d+|0x[\da-f]+)\s*$/i.test(value))
          throw new Fault(`Illegal number: ${value}`);
        if (value === undefined && shell.options.has('u'))
          throw new Fault(shell.wording.notSet(name), shell.dialect === 'gnu' ? 1 : 2);
        return value;
      },
      set: (reference, value) => {
        const [name, key] = elementReference(shell, reference);
        if (key === undefined) shell.assign(name, value);
        else shell.guard(name, () => void shell.variables.elements(name).set(key, value));
      },
    });
  } catch (error) {
    if (!(error instanceof ArithmeticFault)) throw error;
    throw new Fault(
      shell.wording.arithmetic(error.kind, shell.dialect === 'dash' ? source : source.trim(), error.token),
      shell.dialect === 'gnu' ? 1 : 2,
    );
  }
}

/** `a[1+1]` in an expression: the array and the key. */
function elementReference(shell: Shell, reference: string): readonly [name: string, key: string | undefined] {
  const match = /^(\w+)\[([^\]]*)\]$/.exec(reference);
  if (!match) return [reference, undefined];
  const [, name = '', index = ''] = match;
  const associative = shell.variables.attributes(name)?.associative;
  return [name, associative ? index : calculateText(shell, index).toString()];
}
