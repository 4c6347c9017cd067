/** What stops an awk program, in the words of busybox and of mawk. */

interface Words {
  readonly busybox: string;
  /** Of mawk; `at` is what the reader stumbled over, or the value in question. */
  readonly gnu: (at: string) => string;
  /** Found while the program runs: mawk then tells where in the input. */
  readonly running?: true;
}

const words = {
  token: { busybox: 'Unexpected token', gnu: (at) => `syntax error at or near ${at}` },
  string: { busybox: 'Unexpected end of string', gnu: (at) => `runaway string constant "${at} ...` },
  regex: { busybox: 'Unexpected end of string', gnu: (at) => `runaway regular expression /${at} ...` },
  brace: { busybox: 'Unexpected token', gnu: () => 'missing } near end of file' },
  extra: { busybox: 'Unexpected token', gnu: (at) => `extra '${at}'` },
  parenthesis: { busybox: 'Unexpected token', gnu: (at) => `missing ) near ${at}` },
  undefined: { busybox: 'Call to undefined function', gnu: (at) => `function ${at} never defined` },
  loop: { busybox: "'break' not in a loop", gnu: (at) => `${at} statement outside of loop` },
  return: { busybox: 'Unexpected token', gnu: () => 'return outside function body' },
  array: { busybox: 'Not an array', gnu: (at) => `illegal reference to variable ${at}` },
  scalar: { busybox: 'Internal error', gnu: (at) => `illegal reference to array ${at}` },
  division: { busybox: 'Division by zero', gnu: () => 'division by zero', running: true },
  field: { busybox: 'Access to negative field', gnu: (at) => `negative field index $${at}`, running: true },
  few: { busybox: 'Too few arguments', gnu: (at) => `not enough arguments passed to ${at}`, running: true },
  star: { busybox: '%*x formats are not supported', gnu: () => 'bad conversion', running: true },
  recursion: { busybox: 'Recursion limit exceeded', gnu: () => 'function call nesting too deep', running: true },
} as const satisfies Record<string, Words>;

export type AwkFaultCode = keyof typeof words;

export class AwkFault extends Error {
  override readonly name = 'AwkFault';

  constructor(
    readonly code: AwkFaultCode,
    /** Where in the program, from 1. */
    readonly line: number,
    readonly at = '',
  ) {
    super(words[code].busybox);
  }

  /** Without the program's name. `file` is the program's, unless it stands on the command line. */
  told(gnu: boolean, file: string | undefined): string {
    const { busybox, gnu: mawk, running }: Words = words[this.code];
    if (!gnu) return `${file ?? 'cmd. line'}:${this.line}: ${busybox}`;
    if (running) return `run time error: ${mawk(this.at)}`;
    const where = `${file === undefined ? '' : `${file}: `}line ${this.line}: `;
    const also = this.code === 'extra' && this.at === '}' ? `\nawk: ${where}syntax error at or near end of line` : '';
    return where + mawk(this.at) + also;
  }

  get running(): boolean {
    return 'running' in words[this.code];
  }
}
