/**
 * The form in which a command is declared, once: parsing, `--help`, completion and usage errors all read it.
 *
 * Flags are written as a help page shows them, one a line: `-f, --filter filter  Filter output…`. No word between the name
 * and the two spaces means a switch. An indented line goes on with the text above it.
 */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** Docker's word for the value (`list`, `string`, `bytes`…); absent for a switch. */
  readonly value?: string;
  readonly text: string;
  /** Understood, but not on the help page. */
  readonly hidden?: boolean;
}

export interface Declared {
  /** Every way to call it, the full one first: `container ls`, `container list`, `ps`. */
  readonly paths: readonly string[];
  /** What follows the name on the usage line: `[OPTIONS] CONTAINER`. */
  readonly args: string;
  readonly short: string;
  readonly flags: readonly Flag[];
}

export function command(paths: string, args: string, short: string, flags = ''): Declared {
  return { paths: paths.split(', '), args, short, flags: readFlags(flags) };
}

export function readFlags(text: string): Flag[] {
  const flags: Flag[] = [];
  for (const line of text.split('\n')) {
    const found = /^(?:-(\w), )?--([\w-]+)(?: (\S+))?(?: {2}(.*))?$/.exec(line);
    const last = flags.at(-1);
    if (found) flags.push({ name: found[2]!, short: found[1], value: found[3], text: found[4] ?? '' });
    else if (last && line.startsWith('    '))
      flags[flags.length - 1] = { ...last, text: `${last.text}\n${line.slice(4)}` };
  }
  return flags;
}

const pointer =
  'Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates';

export const plainFormat = `Format output using a custom template:
    'json':             Print in JSON format
    'TEMPLATE':         Print output using the given Go template.
    ${pointer}`;

export const tableFormat = `Format output using a custom template:
    'table':            Print output in table format with column headers (default)
    'table TEMPLATE':   Print output in table format using the given Go template
    'json':             Print in JSON format
    'TEMPLATE':         Print output using the given Go template.
    ${pointer}`;

/** Of what lists things. */
export const listFlags = `
-f, --filter filter  Filter output based on conditions provided
--format string  ${tableFormat}
-q, --quiet  Only display IDs
`;

/** Of what shows one thing as it is kept, or for people. */
export const inspectFlags = `
-f, --format string  ${plainFormat}
--pretty  Print the information in a human friendly format
`;

/** Of what lists the tasks of something. */
export const taskFlags = `
-f, --filter filter  Filter output based on conditions provided
--format string  Pretty-print tasks using a Go template
--no-resolve  Do not map IDs to Names
--no-trunc  Do not truncate output
-q, --quiet  Only display task IDs
`;

/** Several lists as one, in the order of a help page: by name. Only for flags of one line. */
export function inOrder(...lists: readonly string[]): string {
  const nameOf = (line: string) => line.replace(/^(?:-\w, )?--/, '').split(' ')[0]!;
  const lines = lists.flatMap((list) => list.split('\n').filter(Boolean));
  return lines.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)).join('\n');
}
