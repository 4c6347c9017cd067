/** sed's input: the lines of one file after the other. One line is read ahead only when `$` must be known. */
import type { Run } from '../../run';

interface Line {
  readonly text: string;
  /** It ended with its file, not with a newline. */
  readonly unterminated: boolean;
}

export class Input {
  /** Number of the line that was read last. */
  line = 0;
  unterminated = false;
  #paths: string[] = [];
  #source: { readonly lines: ReturnType<Run['lines']>; close(): void } | undefined;
  #next: Line | undefined;

  constructor(
    readonly run: Run,
    /** A file cannot be opened: it is told, and passed over. */
    readonly refused: (path: string, error: unknown) => Promise<void>,
  ) {}

  begin(paths: readonly string[]): void {
    this.#paths = [...paths];
    this.#next = undefined;
  }

  async read(): Promise<string | undefined> {
    const ahead = this.#next ?? (await this.#fetch());
    this.#next = undefined;
    if (!ahead) return undefined;
    this.line++;
    this.unterminated = ahead.unterminated;
    return ahead.text;
  }

  async isLast(): Promise<boolean> {
    this.#next ??= await this.#fetch();
    return this.#next === undefined;
  }

  close(): void {
    this.#source?.close();
    this.#source = undefined;
  }

  async #fetch(): Promise<Line | undefined> {
    for (;;) {
      if (!this.#source && !(await this.#open())) return undefined;
      const { lines } = this.#source!;
      const text = await lines.next();
      if (text !== undefined) return { text, unterminated: lines.unterminated };
      this.close();
    }
  }

  async #open(): Promise<boolean> {
    for (let path = this.#paths.shift(); path !== undefined; path = this.#paths.shift()) {
      try {
        const input = await this.run.open(path);
        this.#source = { lines: this.run.lines(input), close: () => input.close() };
        return true;
      } catch (error) {
        await this.refused(path, error);
      }
    }
    return false;
  }
}
