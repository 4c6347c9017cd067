import type { Terminal } from '@xterm/xterm';

/**
 * Keeps an xterm equal to a replica's terminal: writes what is new, and starts over when more is missing than is kept.
 * While an old screen is written again, xterm's own answers (to a program's question about the cursor) must not be typed.
 */
export class Feed {
  #shown = 0;
  #replays = 0;
  #over = false;

  constructor(
    readonly term: Terminal,
    readonly onShown: () => void,
    readonly onWiped: () => void,
  ) {}

  get replaying(): boolean {
    return this.#replays > 0;
  }

  /** `screen` is the end of everything written so far; `written` is how many characters that is in all. */
  show(screen: string, written: number): void {
    const missing = written - this.#shown;
    if (missing === 0) return;
    const again = this.#shown === 0 || missing < 0 || missing > screen.length;
    if (again) {
      this.onWiped();
      this.term.reset();
      this.#replays += 1;
    }
    this.#shown = written;
    this.term.write(again ? screen : screen.slice(screen.length - missing), () => {
      if (again) this.#replays -= 1;
      if (!this.#over) this.onShown();
    });
  }

  /** The screen is gone: what xterm still has to say concerns nobody. */
  end(): void {
    this.#over = true;
  }

  lock(readOnly: boolean): void {
    this.term.options.disableStdin = readOnly;
  }
}
