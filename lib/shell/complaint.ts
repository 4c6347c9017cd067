/** How a shell begins what it complains of. */
import { Fault } from './flow';
import type { Shell } from './shell';
import type { SyntaxFault } from './syntax';

/** `sh: line 3: ` or `bash: line 3: cd: `. */
export function prefixOf(shell: Shell, builtin?: string): string {
  const where = shell.interactive || shell.interactiveText ? '' : `line ${shell.line}: `;
  const who = builtin ? `${builtin}: ` : '';
  if (shell.dialect === 'dash') return `${shell.name}: ${shell.line}: ${who}`;
  return shell.dialect === 'busybox' ? `${shell.name}: ${who}${where}` : `${shell.name}: ${where}${who}`;
}

/** bash shows the line that it could not read, too. */
export function syntaxFault(shell: Shell, error: SyntaxFault): Fault {
  const gnu = shell.dialect === 'gnu';
  const badName = error.problem.kind === 'bad for variable';
  const fault = new Fault(shell.wording.syntax(error), badName && gnu ? 1 : 2);
  if (!gnu || badName) return fault;
  const prefix = `${shell.name}: ${shell.interactive ? '' : `${shell.reading ? `${shell.reading}: ` : ''}line ${error.line}: `}`;
  const second = error.problem.kind === 'unexpected' && error.problem.found !== undefined && !shell.interactive;
  fault.whole = `${prefix}${fault.message}\n${second ? `${prefix}\`${error.source}'\n` : ''}`;
  return fault;
}
