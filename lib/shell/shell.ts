/**
 * One shell: its variables, functions, options and jobs, and the process that it is. A subshell is another `Shell` that
 * began as a copy, in a process of its own.
 */
import { type Errno, FsError } from '../fs';
import { Crash, type Pid, type Process } from '../process';
import { prefixOf, syntaxFault } from './complaint';
import type { Dialect } from './dialect';
import { Exit, Fault, Interrupted, Leave, Return, WaitBroken } from './flow';
import { Parser } from './grammar/parser';
import { run } from './interpret';
import { Jobs } from './jobs';
import { spawning } from './spawning';
import { madeVariable } from './special';
import { type Command, type FunctionDefinition, SyntaxFault } from './syntax';
import { Traps } from './traps';
import { TooLarge, Variables } from './variables';
import { type Wording, wordings } from './wording';

/** ash's limit; bash has none and dies when its stack is full. */
export const deepestCall: Readonly<Record<Dialect, number>> = { busybox: 1000, gnu: 8000, dash: 1000 };

/** How deep `eval` and `.` go until the stack is full, which no shell counts. */
const deepestText = 5000;

/** An exit status, or the work that will give it. */
export type Result = number | (() => Promise<number>);

export class Shell {
  readonly dialect: Dialect;
  readonly wording: Wording;
  process: Process;
  variables: Variables;
  // Most shells have none of these: their maps are made when the first comes.
  #functions: Map<string, FunctionDefinition> | undefined;
  #aliases: Map<string, string> | undefined;
  /** Letters of `set`; `p` stands for pipefail. */
  options: Set<string>;
  /** `$0` */
  name: string;
  positional: string[];
  status = 0;
  line = 0;
  /** `$$`: stays the first shell's in its subshells. */
  pid: Pid;
  /** `$!` */
  lastBackground: Pid | undefined;
  jobs: Jobs;
  history: string[] = [];
  umasked = false;
  /** Conditions that are being tested: no `set -e` within. */
  tested = 0;
  /** How deep functions and sourced files are nested; how many loops may be left. */
  depth = 0;
  /** How deep `eval`, `.` and traps are nested. */
  texts = 0;
  /** How many command substitutions this is in. */
  substitutions = 0;
  /** Where the text comes from, as bash names it in a syntax error. */
  reading: '-c' | 'eval' | undefined;
  loops = 0;
  /** What the last command substitution ended with: the status of a bare assignment. */
  substituted: number | undefined;
  /** A subshell's copy of a shell; no jobs, no prompt. */
  readonly sub: boolean;
  /** `wait` is waiting: a trapped signal ends it. */
  waiting = false;
  /** `pushd`'s stack below the present directory. */
  directories: string[] = [];
  getoptsAt = 0;
  /** Descriptors of process substitutions, to be closed after the command. */
  lent: number[] = [];
  /** The function that runs. */
  callee: string | undefined;
  readonly traps: Traps;
  /** Ctrl-C came: undefined while it would end this shell. */
  interruptible = false;

  constructor(process: Process, dialect: Dialect, name: string, from?: Shell) {
    this.process = process;
    this.dialect = dialect;
    this.wording = wordings[dialect];
    this.name = name;
    this.sub = from !== undefined;
    this.variables = new Variables(from?.variables);
    this.variables.dynamic = (variable) => madeVariable(this, variable);
    if (from?.functions.size) this.#functions = new Map(from.functions);
    if (from?.aliases.size) this.#aliases = new Map(from.aliases);
    this.traps = new Traps(from?.traps);
    this.options = new Set(from?.options);
    this.positional = from ? [...from.positional] : [];
    this.pid = from?.pid ?? process.pid;
    if (!from && dialect !== 'busybox') this.line = 1;
    if (!from && dialect === 'gnu') for (const letter of 'hB') this.options.add(letter);
    this.lastBackground = from?.lastBackground;
    this.jobs = new Jobs(from?.jobs);
    if (!from) return;
    this.status = from.status;
    this.line = from.line;
    this.depth = from.depth;
    this.substitutions = from.substitutions;
    this.tested = from.tested;
    this.loops = from.loops;
    this.options.delete('m');
    this.options.delete('i');
    this.interactiveText = from.interactive || from.interactiveText;
    if (from.variables.inFunction) this.variables.enter();
  }

  /** A subshell of an interactive shell words its errors as its parent does. */
  readonly interactiveText: boolean = false;

  get interactive(): boolean {
    return this.options.has('i');
  }

  get monitor(): boolean {
    return this.options.has('m');
  }

  takeBack(from: number): void {
    for (const number of this.lent.splice(from)) {
      this.process.descriptors.get(number)?.close();
      this.process.descriptors.delete(number);
    }
  }

  /** What bash says when it leaves a terminal. */
  get farewell(): string {
    if (this.dialect !== 'gnu' || !this.interactive) return '';
    return this.name.startsWith('-') ? 'logout\n' : 'exit\n';
  }

  /** Sets a variable as an assignment does. Throws Fault when it is read-only. */
  assign(name: string, value: string): void {
    this.guard(name, () => this.variables.set(name, value));
    if (this.options.has('a')) this.variables.mark(name, 'exported');
    if (name === 'OPTIND') this.getoptsAt = 0;
  }

  guard(name: string, change: () => void): void {
    if (this.variables.attributes(name)?.readonly)
      throw new Fault(this.wording.readOnly(name), this.dialect === 'gnu' ? 1 : 2);
    try {
      change();
    } catch (error) {
      if (error instanceof TooLarge) throw new Fault('out of memory');
      throw error;
    }
  }

  // Words to the person

  /** To standard error. That nobody can be told is no reason to end. */
  async tell(text: string): Promise<void> {
    try {
      await this.process.printError(text);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
    }
  }

  async complain(message: string, builtin?: string): Promise<void> {
    await this.tell(`${prefixOf(this, builtin)}${message}\n`);
  }

  async report(fault: Fault): Promise<void> {
    if (fault.whole !== undefined) await this.tell(fault.whole);
    else await this.complain(fault.message, fault.builtin);
    if (fault.usage !== undefined) await this.tell(fault.usage);
  }

  // Running

  /** Runs text as `eval`, `.` and `-c` do: line by line, so that an alias or an error takes effect where it stands. */
  async runText(text: string, firstLine: number, tail = false): Promise<number> {
    const whole = this.dialect === 'gnu' && !text.endsWith('\n') ? `${text}\n` : text;
    const parser = new Parser(whole, { dialect: this.dialect, aliases: this.usableAliases, firstLine });
    if (this.texts >= deepestText) throw new Crash('SEGV');
    this.texts++;
    try {
      return await this.#runLines(parser, tail);
    } finally {
      this.texts--;
    }
  }

  async #runLines(parser: Parser, tail: boolean): Promise<number> {
    let ran = false;
    for (;;) {
      const from = parser.position;
      const next = this.#parseNext(parser);
      if (this.options.has('v')) await this.tell(parser.textSince(from));
      if (next === 'end') break;
      if (!next) continue;
      ran = true;
      await run(this, next, tail && parser.isAtEnd);
    }
    return ran ? this.status : 0;
  }

  #parseNext(parser: Parser): Command | undefined | 'end' {
    try {
      return parser.next();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.line = error.line;
      throw syntaxFault(this, error);
    }
  }

  /** bash looks at aliases at a prompt only. */
  get usableAliases(): (() => ReadonlyMap<string, string>) | undefined {
    return this.dialect === 'gnu' && !this.interactive ? undefined : () => this.aliases;
  }

  get functions(): ReadonlyMap<string, FunctionDefinition> {
    return this.#functions ?? nothing;
  }

  define(definition: FunctionDefinition): void {
    (this.#functions ??= new Map()).set(definition.name, definition);
  }

  undefine(name: string): void {
    this.#functions?.delete(name);
  }

  get aliases(): ReadonlyMap<string, string> {
    return this.#aliases ?? nothing;
  }

  alias(name: string, text: string): void {
    (this.#aliases ??= new Map()).set(name, text);
  }

  /** All, without a name. False when there was none. */
  unalias(name?: string): boolean {
    if (name !== undefined) return this.#aliases?.delete(name) ?? false;
    this.#aliases = undefined;
    return true;
  }

  /** Runs a command as this process's whole work and answers its exit status. */
  async runToEnd(work: () => Promise<Result>): Promise<number> {
    let status: number;
    try {
      const result = await work();
      status = typeof result === 'number' ? result : await result();
    } catch (error) {
      status = await this.statusOf(error);
    }
    return this.atExit(status);
  }

  /** What ends a shell when it is thrown. Other errors (Killed) go on. */
  async statusOf(error: unknown): Promise<number> {
    if (error instanceof Exit || error instanceof Return || error instanceof Interrupted) return error.status;
    if (error instanceof Leave || error instanceof WaitBroken) return this.status;
    if (error instanceof Fault) {
      await this.report(error);
      return error.status;
    }
    throw error;
  }

  async atExit(status: number): Promise<number> {
    const action = this.traps.get('EXIT');
    if (!action) return status;
    this.traps.drop('EXIT');
    this.status = status;
    this.loops = 0;
    try {
      await this.runText(action, this.line, false);
      return status;
    } catch (error) {
      return this.statusOf(error);
    }
  }

  // Traps

  async runErrorTrap(): Promise<void> {
    const action = this.traps.get('ERR')!;
    const { status } = this;
    this.traps.drop('ERR');
    await this.runText(action, this.line);
    if (!this.traps.has('ERR')) this.traps.set('ERR', action);
    this.status = status;
  }

  async runTraps(): Promise<void> {
    for (let signal = this.traps.next(); signal; signal = this.traps.next()) {
      const action = this.traps.get(signal);
      if (!action) continue;
      const status = this.status;
      await this.runText(action, this.line);
      this.status = status;
    }
  }

  // Subshells

  /** A process that runs `work` in a copy of this shell. EAGAIN becomes a Fault. */
  fork(
    work: (shell: Shell) => Promise<number>,
    options: { readonly descriptors?: Map<number, Process['stdin']>; readonly group?: boolean } = {},
  ): Promise<Process> {
    const copy = new Shell(this.process, this.dialect, this.name, this);
    return spawning(this, () =>
      this.process.spawn({
        argv: this.process.argv,
        env: this.process.env,
        descriptors: options.descriptors,
        group: options.group,
        program: (process) => {
          copy.process = process;
          return copy.runToEnd(() => work(copy));
        },
      }),
    );
  }
}

/** Shared by all shells, and never written to. */
const nothing: ReadonlyMap<never, never> = new Map<never, never>();

export function errnoOf(error: unknown): Errno {
  if (error instanceof FsError) return error.errno;
  throw error;
}
