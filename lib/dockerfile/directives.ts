import { trim } from './characters';
import { DockerfileError, type LineRange } from './error';

export type DirectiveName = 'syntax' | 'escape' | 'check';

export interface Directive {
  readonly name: DirectiveName;
  readonly value: string;
  readonly range: LineRange;
}

export type EscapeToken = '\\' | '`';

const known: ReadonlySet<string> = new Set<DirectiveName>(['syntax', 'escape', 'check']);

/**
 * Reads parser directives (`# escape=...`) line by line. They count only above everything else: the first line that is not
 * one ends the search for good.
 */
export class DirectiveReader {
  readonly found: Directive[] = [];
  escape: EscapeToken = '\\';
  #done = false;

  read(line: string, number: number): void {
    if (this.#done) return;
    const match = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+)$/.exec(trim(line));
    const name = match?.[1]?.toLowerCase() ?? '';
    if (!match || !known.has(name)) {
      this.#done = true;
      return;
    }
    this.#add({ name: name as DirectiveName, value: match[2]!, range: { start: number, end: number } });
  }

  #add(directive: Directive): void {
    if (this.found.some((other) => other.name === directive.name)) {
      throw new DockerfileError(
        `only one ${directive.name} parser directive can be used`,
        before(directive),
        '',
        undefined,
        directive.range,
      );
    }
    if (directive.name === 'escape') this.escape = escapeToken(directive);
    this.found.push(directive);
  }
}

/** BuildKit reports a bad directive one line too early (and on the first line, without a place). So do we. */
function before({ range }: Directive): LineRange | undefined {
  const line = range.start - 1;
  return line > 0 ? { start: line, end: line } : undefined;
}

function escapeToken(directive: Directive): EscapeToken {
  const { value } = directive;
  if (value === '\\' || value === '`') return value;
  throw new DockerfileError(
    `invalid escape token '${value}' does not match \` or \\`,
    before(directive),
    '',
    undefined,
    directive.range,
  );
}
