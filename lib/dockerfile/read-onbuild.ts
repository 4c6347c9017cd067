import { trim } from './characters';
import type { Instruction } from './instruction';
import type { Reading } from './read-instruction';

export function readOnbuild(reading: Reading): Instruction {
  const { node, fail, written } = reading;
  if (!node.child) throw fail('ONBUILD requires at least one argument');
  reading.flags({});
  const trigger = trim(node.child.name).toUpperCase();
  if (trigger === 'ONBUILD') throw fail("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger === 'MAINTAINER' || trigger === 'FROM') throw fail(`${trigger} isn't allowed as an ONBUILD trigger`);
  const expression = node.original.replace(/^\s*ONBUILD\s*/i, '');
  const bodies = node.heredocs.map(({ name, content }) => `${content}${name}\n`);
  return { kind: 'onbuild', ...written, expression: [expression, ...bodies].join('\n') };
}
