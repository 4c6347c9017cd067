/** Literal text of a word, with `~` and `~user` at its beginning. */
import type { Shell } from './shell';
import type { Manner, Sink } from './sink';
import type { Part } from './syntax';

export function addText(
  shell: Shell,
  part: Part & { kind: 'text' },
  at: number,
  count: number,
  sink: Sink,
  manner: Manner,
): void {
  if (part.quoted) {
    sink.add(part.text, true);
    return;
  }
  let rest = part.text;
  if (rest.includes('~')) rest = tildes(shell, rest, at === 0, at === count - 1, sink, manner);
  if (manner.splitText) sink.split(rest);
  else sink.add(rest, false);
}

/** Adds what stands before and in a tilde prefix; answers the rest. */
function tildes(shell: Shell, text: string, first: boolean, last: boolean, sink: Sink, manner: Manner): string {
  const pattern = manner.assignment ? /(^|:)~([\w.+-]*)(?=[/:]|$)/g : /(^)~([\w.+-]*)(?=\/|$)/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index === 0 && !first && match[1] === '') continue;
    const end = match.index + match[0].length;
    if (end === text.length && !last) continue;
    const home = homeOf(shell, match[2]!);
    if (home === undefined) continue;
    sink.add(text.slice(from, match.index) + match[1], false);
    sink.add(home, true);
    from = end;
  }
  return text.slice(from);
}

function homeOf(shell: Shell, user: string): string | undefined {
  if (user === '') return shell.variables.get('HOME');
  if (user === '+') return shell.process.cwd;
  if (user === '-') return shell.variables.get('OLDPWD');
  try {
    const lines = new TextDecoder().decode(shell.process.fs.readFile('/etc/passwd')).split('\n');
    return lines.map((line) => line.split(':')).find(([name]) => name === user)?.[5];
  } catch {
    return undefined;
  }
}
