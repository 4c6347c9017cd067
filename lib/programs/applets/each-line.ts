/** What line tools share: every line of the named files, or of standard input. */
import type { Run } from '../run';

export interface LineFrom {
  readonly path: string;
  /** Ended without a newline. */
  readonly unterminated: boolean;
}

/** Calls `each` with every line; complains about files that cannot be read. `each` answers false to stop. */
export async function eachLine(
  run: Run,
  paths: readonly string[],
  each: (line: string, from: LineFrom) => Promise<unknown>,
  words: (path: string) => string = (path) => path,
): Promise<number> {
  let exitCode = 0;
  for (const path of paths.length > 0 ? paths : ['-']) {
    try {
      const input = await run.open(path);
      try {
        const reader = run.lines(input);
        for (let line = await reader.next(); line !== undefined; line = await reader.next())
          if ((await each(line, { path, unterminated: reader.unterminated })) === false) return exitCode;
      } finally {
        input.close();
      }
    } catch (error) {
      exitCode = await run.failed(words(path), error);
    }
  }
  return exitCode;
}

/** All lines at once, for tools that must have seen the last one. */
export async function allLines(
  run: Run,
  paths: readonly string[],
  words?: (path: string) => string,
): Promise<{ lines: string[]; exitCode: number }> {
  const lines: string[] = [];
  const exitCode = await eachLine(
    run,
    paths,
    async (line) => {
      lines.push(line);
    },
    words,
  );
  return { lines, exitCode };
}
