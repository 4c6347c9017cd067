/** sed: a stream editor that edits lines as they come. */
import type { Regex } from '../../pattern';
import { Complaint, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { encode } from '../text';
import { type Address, type Command, parseScript, ScriptFault } from './sed-script';

export async function sed(run: Run): Promise<number> {
  const options = parseOptions(run, 'nrEsuzi::e:f:', {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    'in-place': 'i',
    expression: 'e',
    file: 'f',
    separate: 's',
    unbuffered: 'u',
    posix: 'posix',
    'null-data': 'z',
    debug: 'debug',
  });
  const paths = [...options.operands];
  const pieces = [...options.all('e')];
  for (const path of options.all('f')) pieces.push((await run.readText(path)).replace(/\n$/, ''));
  if (pieces.length === 0) {
    const first = paths.shift();
    if (first === undefined) throw new UsageError('', run.gnu ? 1 : 1);
    pieces.push(first);
  }
  const script = pieces.join('\n');
  const quiet = options.has('n') || script.startsWith('#n\n');
  try {
    const commands = parseScript(script, { extended: options.has('r', 'E'), gnu: run.gnu });
    const editor = new Editor(run, commands, { quiet, separate: options.has('s', 'i') });
    return options.has('i')
      ? await editInPlace(run, editor, paths, options.value('i') ?? '')
      : await editor.edit(paths.length > 0 ? paths : ['-']);
  } catch (error) {
    if (!(error instanceof ScriptFault)) throw error;
    throw new Complaint(run.gnu ? `-e expression #1, char ${error.at}: ${error.gnuWords}` : error.message);
  }
}

async function editInPlace(run: Run, editor: Editor, paths: readonly string[], suffix: string): Promise<number> {
  let exitCode = 0;
  for (const path of paths) {
    if (!run.fs.exists(path)) {
      exitCode = await run.fail(
        run.gnu ? `can't read ${path}: No such file or directory` : `${path}: No such file or directory`,
        run.gnu ? 2 : 1,
      );
      continue;
    }
    const before = run.fs.readFile(path);
    const stat = run.fs.stat(path);
    let text = '';
    editor.output = async (piece) => {
      text += piece;
    };
    exitCode = (await editor.edit([path])) || exitCode;
    if (suffix)
      await run.writeFile(suffix.includes('*') ? suffix.replaceAll('*', path) : `${path}${suffix}`, before, stat.mode);
    await run.writeFile(path, encode(text));
    if (editor.quit) break;
  }
  return exitCode;
}

interface Lines {
  next(): Promise<string | undefined>;
  readonly unterminated: boolean;
}

class Editor {
  output: (text: string) => Promise<void>;
  quit = false;
  readonly #active = new Map<Command, boolean | number>();
  readonly #labels = new Map<string, number>();
  #space = '';
  #hold = '';
  #line = 0;
  #appended: string[] = [];
  #substituted = false;
  #exitCode = 0;
  #paths: string[] = [];
  #source: { lines: Lines; close(): void } | undefined;
  #next: { text: string; unterminated: boolean } | undefined;
  #unterminated = false;
  #last: Regex | undefined;
  readonly #files = new Map<string, string>();

  constructor(
    readonly run: Run,
    readonly commands: readonly Command[],
    readonly how: { quiet: boolean; separate: boolean },
  ) {
    this.output = (text) => run.print(text);
    for (const [at, command] of commands.entries()) if (command.name === ':') this.#labels.set(command.text, at);
    for (const { name, text } of commands)
      if ('btT'.includes(name) && text && !this.#labels.has(text))
        throw new ScriptFault(0, `can't find label for jump to '${text}'`, `can't find label for jump to \`${text}'`);
  }

  async edit(paths: readonly string[]): Promise<number> {
    this.#paths = [...paths];
    this.#exitCode = 0;
    if (this.how.separate) this.#line = 0;
    this.#next = undefined;
    for (let line = await this.#read(); line !== undefined && !this.quit; line = await this.#read()) {
      this.#space = line;
      await this.#cycle();
    }
    this.#source?.close();
    this.#source = undefined;
    for (const [path, text] of this.#files) await this.run.writeFile(path, encode(text));
    return this.#exitCode;
  }

  // Input: one line is read ahead only when `$` must be known.

  async #read(): Promise<string | undefined> {
    const ahead = this.#next ?? (await this.#fetch());
    this.#next = undefined;
    if (!ahead) return undefined;
    this.#line++;
    this.#unterminated = ahead.unterminated;
    return ahead.text;
  }

  async #fetch(): Promise<{ text: string; unterminated: boolean } | undefined> {
    for (;;) {
      if (!this.#source && !(await this.#open())) return undefined;
      const text = await this.#source!.lines.next();
      if (text !== undefined) return { text, unterminated: this.#source!.lines.unterminated };
      this.#source!.close();
      this.#source = undefined;
    }
  }

  async #open(): Promise<boolean> {
    for (let path = this.#paths.shift(); path !== undefined; path = this.#paths.shift()) {
      try {
        const input = await this.run.open(path);
        this.#source = { lines: this.run.lines(input), close: () => input.close() };
        return true;
      } catch (error) {
        this.#exitCode = this.run.gnu ? 2 : 1;
        await this.run.failed(this.run.gnu ? `can't read ${path}` : path, error);
      }
    }
    return false;
  }

  async #isLast(): Promise<boolean> {
    this.#next ??= await this.#fetch();
    return this.#next === undefined;
  }

  // One line

  async #cycle(): Promise<void> {
    let pass: 'again' | 'done' | 'silent';
    do pass = await this.#execute();
    while (pass === 'again');
    if (pass === 'done' && !this.how.quiet) await this.#print(this.#space);
    await this.#flushAppended();
  }

  async #print(text: string): Promise<void> {
    await this.output(`${text}${this.#unterminated && (await this.#isLast()) && !this.quit ? '' : '\n'}`);
  }

  async #flushAppended(): Promise<void> {
    for (const text of this.#appended) await this.output(text);
    this.#appended = [];
  }

  async #execute(): Promise<'again' | 'done' | 'silent'> {
    for (let at = 0, steps = 0; at < this.commands.length; at++) {
      if (++steps % 256 === 0) await this.run.process.tick();
      const command = this.commands[at]!;
      if (!(await this.#selected(command))) {
        if (command.name === '{') at = command.end!;
        continue;
      }
      const outcome = await this.#perform(command);
      if (outcome === 'again' || outcome === 'done' || outcome === 'silent') return outcome;
      if (typeof outcome === 'number') at = outcome;
    }
    return 'done';
  }

  async #selected(command: Command): Promise<boolean> {
    const { first, second } = command;
    if (!first) return !command.negated;
    return (second ? await this.#inRange(command, first, second) : await this.#matches(first)) !== command.negated;
  }

  async #matches(address: Address): Promise<boolean> {
    switch (address.kind) {
      case 'line':
        return this.#line === address.line;
      case 'step':
        return address.step === 0
          ? this.#line === address.line
          : this.#line >= address.line && (this.#line - address.line) % address.step === 0;
      case 'last':
        return this.#isLast();
      case 'regex':
        return this.#regexOf(address.regex).test(this.#space);
      default:
        return false;
    }
  }

  #regexOf(regex: Regex | undefined): Regex {
    const chosen = regex ?? this.#last;
    if (!chosen) throw new Complaint('no previous regexp');
    this.#last = chosen;
    return chosen;
  }

  async #inRange(command: Command, first: Address, second: Address): Promise<boolean> {
    const active = this.#active.get(command);
    if (active === undefined || active === false) {
      const zero = first.kind === 'line' && first.line === 0;
      if (zero && active === undefined) this.#active.set(command, true);
      else if (!(await this.#matches(first))) return false;
      else {
        if (second.kind === 'line' && second.line <= this.#line) return true;
        this.#active.set(command, second.kind === 'plus' ? this.#line + second.line : true);
        if (second.kind === 'plus' && second.line === 0) this.#active.set(command, false);
        return true;
      }
    }
    const until = this.#active.get(command);
    const over =
      typeof until === 'number'
        ? this.#line >= until
        : second.kind === 'line'
          ? this.#line >= second.line
          : await this.#matches(second);
    if (over) this.#active.set(command, false);
    return !(second.kind === 'line' && this.#line > second.line);
  }

  /** A number: go on after that command. */
  async #perform(command: Command): Promise<'again' | 'done' | 'silent' | number | undefined> {
    switch (command.name) {
      case 's':
        await this.#substitute(command);
        return undefined;
      case 'y':
        this.#space = [...this.#space].map((character) => command.map!.get(character) ?? character).join('');
        return undefined;
      case 'p':
        await this.output(`${this.#space}\n`);
        return undefined;
      case 'P':
        await this.output(`${this.#space.split('\n')[0]}\n`);
        return undefined;
      case 'd':
        return 'silent';
      case 'D': {
        const at = this.#space.indexOf('\n');
        if (at < 0) return 'silent';
        this.#space = this.#space.slice(at + 1);
        await this.#flushAppended();
        return 'again';
      }
      case 'a':
        this.#appended.push(`${command.text}\n`);
        return undefined;
      case 'i':
        await this.output(`${command.text}\n`);
        return undefined;
      case 'c':
        if (
          !command.second ||
          command.negated ||
          this.#active.get(command) === false ||
          this.#active.get(command) === undefined
        )
          await this.output(`${command.text}\n`);
        return 'silent';
      case '=':
        await this.output(`${this.#line}\n`);
        return undefined;
      case 'n': {
        if (await this.#isLast()) return this.run.gnu ? this.#stop('done') : this.#stop('done');
        if (!this.how.quiet) await this.#print(this.#space);
        await this.#flushAppended();
        this.#space = (await this.#read())!;
        return undefined;
      }
      case 'N': {
        if (await this.#isLast()) return this.#stop('done');
        await this.#flushAppended();
        this.#space += `\n${await this.#read()}`;
        return undefined;
      }
      case 'q':
        this.#exitCode = Number(command.text || 0);
        return this.#stop('done');
      case 'Q':
        this.#exitCode = Number(command.text || 0);
        return this.#stop('silent');
      case 'h':
        this.#hold = this.#space;
        return undefined;
      case 'H':
        this.#hold += `\n${this.#space}`;
        return undefined;
      case 'g':
        this.#space = this.#hold;
        return undefined;
      case 'G':
        this.#space += `\n${this.#hold}`;
        return undefined;
      case 'x':
        [this.#space, this.#hold] = [this.#hold, this.#space];
        return undefined;
      case 'b':
        return this.#jump(command);
      case 't':
      case 'T': {
        const done = this.#substituted;
        this.#substituted = false;
        return done === (command.name === 't') ? this.#jump(command) : undefined;
      }
      case 'l':
        // busybox reads the command and does nothing.
        if (this.run.gnu) await this.output(`${visible(this.#space)}$\n`);
        return undefined;
      case 'r':
        if (this.run.fs.exists(command.text)) this.#appended.push(await this.run.readText(command.text));
        return undefined;
      case 'w':
        await this.#writeTo(command.text);
        return undefined;
      default:
        return undefined;
    }
  }

  #stop(how: 'done' | 'silent'): 'done' | 'silent' {
    this.quit = true;
    return how;
  }

  #jump(command: Command): number {
    return command.text ? this.#labels.get(command.text)! : this.commands.length;
  }

  async #writeTo(path: string): Promise<void> {
    if (path === '/dev/stdout') return this.output(`${this.#space}\n`);
    if (path === '/dev/stderr') return this.run.complain(`${this.#space}\n`);
    this.#files.set(path, `${this.#files.get(path) ?? ''}${this.#space}\n`);
  }

  async #substitute(command: Command): Promise<void> {
    const { flags = '', nth = 1 } = command;
    const space = this.#space;
    let text = '';
    let end = 0;
    let count = 0;
    // Each of busybox's searches begins anew: it does not look at what stands before.
    for (const found of this.#regexOf(command.regex).all(space, !this.run.gnu)) {
      if (++count % 256 === 0) await this.run.process.tick();
      if (count < nth) continue;
      text += space.slice(end, found.index) + command.replacement!(found.groups);
      end = found.end;
      if (!flags.includes('g')) break;
    }
    if (count < nth) return;
    this.#space = text + space.slice(end);
    this.#substituted = true;
    if (flags.includes('p')) await this.output(`${this.#space}\n`);
    if (command.text) await this.#writeTo(command.text);
  }
}

function visible(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\f': '\\f',
    '\v': '\\v',
    '\b': '\\b',
    '\x07': '\\a',
  };
  return [...text]
    .map(
      (character) =>
        named[character] ??
        (/^[\x20-\x7e]$/.test(character)
          ? character
          : Array.from(encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')),
    )
    .join('');
}
