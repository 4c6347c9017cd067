/**
 * One shell: its variables, functions, options and jobs, and the process that it is. A subshell is another `Shell` that
 * began as a copy, in a process of its own.
 */
import { type Errno, errnoText, FsError } from '../fs';
import type { Pid, Process } from '../process';
import { Crash, type Signal, signals } from '../process';
import type { Dialect } from './dialect';
import { Exit, Fault, Interrupted, Leave, Return, WaitBroken } from './flow';
import { Parser } from './grammar/parser';
import { run } from './interpret';
import { Jobs } from './jobs';
import { type Command, type FunctionDefinition, SyntaxFault } from './syntax';
import { isSignal, type TrapName } from './traps';
import { TooLarge, Variables } from './variables';
import { type Wording, wordings } from './wording';

/** `set -o` names by their letters. */
export const optionNames: Readonly<Record<string, string>> = {
  e: 'errexit',
  f: 'noglob',
  I: 'ignoreeof',
  i: 'interactive',
  m: 'monitor',
  n: 'noexec',
  s: 'stdin',
  x: 'xtrace',
  v: 'verbose',
  C: 'noclobber',
  a: 'allexport',
  b: 'notify',
  u: 'nounset',
  E: 'errtrace',
  V: 'vi',
  p: 'pipefail',
  c: 'command',
  l: 'login',
  h: 'hashall',
  B: 'braceexpand',
};

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
  #traps: Map<TrapName, string> | undefined;
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
  #pendingTraps: Signal[] = [];
  /** Ctrl-C came: undefined while it would end this shell. */
  interruptible = false;

  constructor(process: Process, dialect: Dialect, name: string, from?: Shell) {
    this.process = process;
    this.dialect = dialect;
    this.wording = wordings[dialect];
    this.name = name;
    this.sub = from !== undefined;
    this.variables = new Variables(from?.variables);
    this.variables.dynamic = (variable) => this.#dynamic(variable);
    if (from?.functions.size) this.#functions = new Map(from.functions);
    if (from?.aliases.size) this.#aliases = new Map(from.aliases);
    this.options = new Set(from?.options);
    this.positional = from ? [...from.positional] : [];
    this.pid = from?.pid ?? process.pid;
    if (!from && dialect !== 'busybox') this.line = 1;
    if (!from && dialect === 'gnu') for (const letter of 'hB') this.options.add(letter);
    this.lastBackground = from?.lastBackground;
    this.jobs = new Jobs(from?.jobs);
    if (!from) return;
    for (const [name, action] of from.traps) if (action === '') (this.#traps ??= new Map()).set(name, action);
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

  #dynamic(name: string): string | undefined {
    switch (name) {
      case 'LINENO':
        return this.dialect === 'dash' ? undefined : String(this.line);
      case 'RANDOM': {
        const [a = 0, b = 0] = this.process.system.chance.bytes(2);
        return String(((a << 8) | b) & 0x7fff);
      }
      case 'PPID':
        return String(this.process.ppid);
      case 'UID':
      case 'EUID':
        return this.dialect === 'gnu' ? String(this.process.credentials.uid) : undefined;
      case 'SECONDS':
        return this.dialect === 'gnu' ? this.#seconds() : undefined;
      case 'FUNCNAME':
        return this.dialect === 'dash' ? undefined : this.callee;
      default:
        return undefined;
    }
  }

  #seconds(): string {
    const { clock } = this.process.system;
    const started = this.process.system.processes().find((row) => row.pid === this.pid)?.started ?? clock.now();
    return String((clock.now() - started) / 1_000_000_000n);
  }

  /** `$name`, where name may also be a number or a sign. Undefined: not set. */
  parameter(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.status);
      case '$':
        return String(this.pid);
      case '!':
        return this.lastBackground === undefined ? undefined : String(this.lastBackground);
      case '#':
        return String(this.positional.length);
      case '-':
        return this.flags();
      case '0':
        return this.name;
      case '@':
      case '*':
        return this.positional.length > 0 ? this.positional.join(' ') : undefined;
      default:
        return /^[0-9]/.test(name) ? this.positional[Number(name) - 1] : this.variables.get(name);
    }
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

  flags(): string {
    const order = this.dialect !== 'gnu' ? 'cefIimnsxvCabuEV' : 'abefhimnuvxBCEHcs';
    const shown = [...order].filter((letter) => this.options.has(letter)).join('');
    return this.dialect === 'dash' ? shown.replace('c', '') : shown;
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

  /** `sh: line 3: ` or `bash: line 3: cd: `. */
  prefix(builtin?: string): string {
    const where = this.interactive || this.interactiveText ? '' : `line ${this.line}: `;
    const who = builtin ? `${builtin}: ` : '';
    if (this.dialect === 'dash') return `${this.name}: ${this.line}: ${who}`;
    return this.dialect === 'busybox' ? `${this.name}: ${who}${where}` : `${this.name}: ${where}${who}`;
  }

  /** To standard error. That nobody can be told is no reason to end. */
  async tell(text: string): Promise<void> {
    try {
      await this.process.printError(text);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
    }
  }

  async complain(message: string, builtin?: string): Promise<void> {
    await this.tell(`${this.prefix(builtin)}${message}\n`);
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
      throw this.syntaxFault(error);
    }
  }

  /** bash looks at aliases at a prompt only. */
  get usableAliases(): (() => ReadonlyMap<string, string>) | undefined {
    return this.dialect === 'gnu' && !this.interactive ? undefined : () => this.aliases;
  }

  syntaxFault(error: SyntaxFault): Fault {
    const fault = new Fault(
      this.wording.syntax(error),
      error.problem.kind === 'bad for variable' && this.dialect === 'gnu' ? 1 : 2,
    );
    if (this.dialect === 'gnu' && error.problem.kind !== 'bad for variable') {
      const label = this.reading ? `${this.reading}: ` : '';
      const prefix = this.interactive
        ? `${this.name}: `
        : this.reading === 'eval'
          ? `${this.name}: eval: line ${error.line}: `
          : `${this.name}: ${label}line ${error.line}: `;
      const second = error.problem.kind === 'unexpected' && error.problem.found !== undefined && !this.interactive;
      fault.whole = `${prefix}${fault.message}\n${second ? `${prefix}\`${error.source}'\n` : ''}`;
    }
    return fault;
  }

  /** Runs a command as this process's whole work and answers its exit status. */
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

  get traps(): ReadonlyMap<TrapName, string> {
    return this.#traps ?? nothing;
  }

  dropTrap(name: TrapName): void {
    this.#traps?.delete(name);
  }

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
    this.dropTrap('EXIT');
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

  setTrap(name: TrapName, action: string | undefined): void {
    if (action === undefined) this.dropTrap(name);
    else (this.#traps ??= new Map()).set(name, action);
    if (!isSignal(name) || name === 'KILL' || name === 'STOP') return;
    if (action === '') this.process.onSignal(name, 'ignore');
    else if (action === undefined) this.process.onSignal(name, this.#untrapped(name));
    else this.process.onSignal(name, () => this.#trapped(name));
  }

  #trapped(signal: Signal): void {
    this.#pendingTraps.push(signal);
    if (this.waiting) throw new WaitBroken(128 + signals[signal]);
  }

  /** What an interactive shell does with signals that would end it. */
  #untrapped(signal: Signal): 'default' | (() => void) {
    if (!this.interactive) return 'default';
    switch (signal) {
      case 'INT':
        return () => {
          if (this.interruptible) throw new Interrupted(130);
        };
      case 'XCPU':
        return overtime;
      case 'QUIT':
      case 'TERM':
      case 'TSTP':
      case 'TTIN':
      case 'TTOU':
        return unmoved;
      default:
        return 'default';
    }
  }

  beInteractive(): void {
    for (const signal of ['INT', 'XCPU', 'QUIT', 'TERM', 'TSTP', 'TTIN', 'TTOU'] as const)
      if (!this.traps.has(signal)) this.setTrap(signal, undefined);
  }

  get trapPending(): boolean {
    return this.#pendingTraps.length > 0;
  }

  async runErrorTrap(): Promise<void> {
    const action = this.traps.get('ERR')!;
    const { status } = this;
    this.dropTrap('ERR');
    await this.runText(action, this.line);
    if (!this.traps.has('ERR')) (this.#traps ??= new Map()).set('ERR', action);
    this.status = status;
  }

  async runTraps(): Promise<void> {
    for (let signal = this.#pendingTraps.shift(); signal; signal = this.#pendingTraps.shift()) {
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
    return this.spawning(() =>
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

  /** bash tries again, ever more slowly, before it gives up. */
  async spawning(spawn: () => Process): Promise<Process> {
    for (let seconds = 1; ; seconds *= 2) {
      try {
        return spawn();
      } catch (error) {
        if (!(error instanceof FsError && (error.errno === 'EAGAIN' || error.errno === 'ENOMEM'))) throw error;
        const why = errnoText[error.errno];
        const fault = new Fault(this.wording.cannotFork(error.errno), this.dialect === 'gnu' ? 254 : 2);
        if (this.dialect !== 'gnu') throw fault;
        fault.whole = `${this.name}: fork: ${why}\n`;
        if (seconds > 8) throw fault;
        await this.tell(`${this.name}: fork: retry: ${why}\n`);
        await this.process.sleep(seconds * 1000);
      }
    }
  }
}

/** Shared by all shells, and never written to. */
const nothing: ReadonlyMap<never, never> = new Map<never, never>();
const unmoved = () => {};
const overtime = () => {
  throw new Interrupted(152);
};

export function errnoOf(error: unknown): Errno {
  if (error instanceof FsError) return error.errno;
  throw error;
}
