/** A shell at a prompt. */
import { Killed } from '../process';
import { type Checkpoint, checkpointOf } from './checkpoint';
import { type Completer, completeLine } from './completion';
import { Editor } from './editor';
import { Exit, Fault, Interrupted, Leave, Return, WaitBroken } from './flow';
import { Parser } from './grammar/parser';
import { run } from './interpret';
import { announceJobs, takeTerminal } from './processes';
import { prompt } from './prompt';
import { recall } from './recall';
import type { Shell } from './shell';
import { type Command, SyntaxFault } from './syntax';
import { beInteractive } from './traps';

export interface InteractOptions {
  readonly completer?: Completer;
  readonly firstLine?: string;
}

export function interact(
  shell: Shell,
  { completer, firstLine }: InteractOptions,
  from: Checkpoint | undefined,
): Promise<number> {
  return new Session(shell, completer).run(from, firstLine);
}

type Input = { readonly kind: 'commands'; readonly commands: readonly Command[] } | { readonly kind: 'end' | 'again' };

class Session {
  readonly #editor: Editor;
  /** Lines of a command that is not complete yet. */
  #begun = '';
  #typed = '';
  #ran = 0;
  /** As `#ran`, of lines that have ended: told together with how they did. */
  #ended = 0;
  /** The last complete command, as it was typed. */
  #line = '';
  /** It was told that there are stopped jobs. */
  #warned = false;

  constructor(
    readonly shell: Shell,
    completer: Completer | undefined,
  ) {
    this.#editor = new Editor(
      shell.process,
      shell.process.stdin,
      () => shell.history,
      (line) => completeLine(shell, completer, line),
      shell.dialect === 'gnu',
    );
  }

  async run(from: Checkpoint | undefined, firstLine: string | undefined): Promise<number> {
    const { shell } = this;
    shell.process.checkpoint = () => checkpointOf(shell, this.#begun, this.#editor.text, this.#ended);
    shell.process.lastLine = () => ({ count: this.#ran, text: this.#line });
    this.#begun = from?.begun ?? '';
    this.#ran = from?.ran ?? 0;
    this.#ended = this.#ran;
    this.#typed = from?.typed ?? '';
    beInteractive(shell);
    this.#takeControl();
    let unread = firstLine;
    for (;;) {
      let input: Input | undefined = unread === undefined ? await this.#read() : await this.#begin(unread);
      unread = undefined;
      if (input.kind === 'end') {
        if (await this.#mayLeave()) return shell.status;
      } else if (input.kind === 'commands') {
        const ended = await this.#execute(input.commands);
        if (ended !== undefined && (await this.#mayLeave())) return ended;
      }
      // What stands in a local is held as long as the next line is waited for: a parsed line is kilobytes.
      input = undefined;
    }
  }

  /** Its own process group, in the terminal's foreground. */
  #takeControl(): void {
    const { process } = this.shell;
    if (!process.stdin.terminal) return;
    process.pgid = process.pid;
    this.shell.options.add('m');
    takeTerminal(this.shell);
  }

  async #mayLeave(): Promise<boolean> {
    const { shell } = this;
    const hasStopped = shell.jobs.all.some((job) => job.state === 'stopped');
    if (!hasStopped || this.#warned) return true;
    this.#warned = true;
    await shell.tell(shell.dialect === 'gnu' ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n');
    return false;
  }

  // Reading

  async #read(): Promise<Input> {
    const { shell } = this;
    if (this.#begun === '') await announceJobs(shell);
    const line = await this.#editor.read(await prompt(shell, this.#begun ? 'PS2' : 'PS1'), this.#typed);
    this.#typed = '';
    switch (line.kind) {
      case 'interrupt':
        this.#begun = '';
        // busybox leaves a line empty; recorded.
        if (shell.dialect === 'busybox') await shell.tell('\n');
        shell.status = 130;
        return { kind: 'again' };
      case 'end':
        return this.#endOfInput();
      case 'line':
        return this.#take(line.text);
    }
  }

  async #take(line: string): Promise<Input> {
    const { shell } = this;
    const expanded = shell.dialect === 'gnu' && line.includes('!') ? recall(line, shell.history) : line;
    if (typeof expanded !== 'string') {
      await shell.tell(`bash: ${expanded.missing}: event not found\n`);
      return { kind: 'again' };
    }
    // bash shows the line that it made of it.
    if (expanded !== line) await shell.tell(`${expanded}\n`);
    this.#begun += `${expanded}\n`;
    return this.#parse();
  }

  #begin(line: string): Promise<Input> {
    this.#begun = `${line}\n`;
    return this.#parse();
  }

  async #endOfInput(): Promise<Input> {
    const { shell } = this;
    if (this.#begun !== '') {
      this.#begun = '';
      await shell.complain(
        shell.dialect === 'gnu' ? 'syntax error: unexpected end of file' : 'syntax error: unexpected end of file',
      );
      shell.status = 2;
      return { kind: 'again' };
    }
    await shell.tell(shell.farewell || '\n');
    return { kind: 'end' };
  }

  async #parse(): Promise<Input> {
    const { shell } = this;
    try {
      const commands = this.#commandsOf(this.#begun);
      if (continued(this.#begun)) return { kind: 'again' };
      this.#remember();
      return { kind: 'commands', commands };
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      if (error.unfinished) return { kind: 'again' };
      this.#remember();
      await shell.complain(shell.wording.syntax(error));
      shell.status = 2;
      return { kind: 'again' };
    }
  }

  #commandsOf(text: string): Command[] {
    const parser = new Parser(text, { dialect: this.shell.dialect, aliases: this.shell.usableAliases, partial: true });
    const commands: Command[] = [];
    for (let next = parser.next(); next !== 'end'; next = parser.next()) if (next) commands.push(next);
    return commands;
  }

  #remember(): void {
    const text = this.#begun.replace(/\n+$/, '');
    this.#begun = '';
    this.#line = text.trim();
    const { shell } = this;
    if (text.trim() === '' || text.startsWith(' ') || shell.history.at(-1) === text) return;
    // A list that is pushed to keeps room for sixteen more.
    shell.history = [...shell.history, text].slice(-500);
  }

  // Running

  /** Answers the exit status when the shell is to end. */
  async #execute(commands: readonly Command[]): Promise<number | undefined> {
    const { shell } = this;
    this.#ran++;
    shell.interruptible = true;
    try {
      for (const command of commands) await run(shell, command);
      if (commands.some((command) => command.kind !== 'simple') || commands.length > 0) this.#warned = false;
    } catch (error) {
      return await this.#caught(error);
    } finally {
      this.#ended++;
      this.#reset();
    }
    return undefined;
  }

  #reset(): void {
    const { shell } = this;
    shell.interruptible = false;
    shell.loops = shell.tested = shell.depth = 0;
    while (shell.variables.inFunction) shell.variables.leave();
  }

  async #caught(error: unknown): Promise<number | undefined> {
    const { shell } = this;
    shell.interruptible = false;
    if (error instanceof Exit) return error.status;
    if (error instanceof Killed) throw error;
    if (error instanceof Fault) {
      await shell.report(error);
      shell.status = error.status;
    } else if (error instanceof Interrupted) {
      await shell.tell(error.status === 152 ? 'CPU time limit exceeded\n' : '\n');
      shell.status = error.status;
    } else if (error instanceof Return) shell.status = error.status;
    else if (!(error instanceof Leave || error instanceof WaitBroken)) throw error;
    return undefined;
  }
}

/** The last line ends in a backslash that joins it to the next. */
function continued(text: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\\n$/.test(text);
}
