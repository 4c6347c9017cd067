/** grep, egrep, fgrep: line by line, as lines come. */
import { type Errno, FsError } from '../../fs';
import { compileRegexes, matches, type Regex, RegexFault } from '../../pattern';
import { Complaint, type Options, parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';

const longNames = {
  'ignore-case': 'i',
  'invert-match': 'v',
  count: 'c',
  'line-number': 'n',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  'only-matching': 'o',
  quiet: 'q',
  silent: 'q',
  'no-messages': 's',
  recursive: 'r',
  'dereference-recursive': 'R',
  'word-regexp': 'w',
  'line-regexp': 'x',
  'fixed-strings': 'F',
  'extended-regexp': 'E',
  'basic-regexp': 'G',
  'perl-regexp': 'P',
  regexp: 'e',
  file: 'f',
  'max-count': 'm',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  'with-filename': 'H',
  'no-filename': 'h',
  color: 'color::',
  colour: 'color::',
  include: 'include:',
  exclude: 'exclude:',
  'exclude-dir': 'exclude-dir:',
  text: 'a',
  'line-buffered': 'u',
  'null-data': 'z',
  null: 'Z',
  'byte-offset': 'b',
};

export async function grep(run: Run): Promise<number> {
  const options = parseOptions(
    run,
    'HhnlLoqvsrRiwFEGPze:m:A:B:C:f:xcayIbuZ',
    longNames,
    run.args.map((word) => (/^-\d+$/.test(word) ? `-C${word.slice(1)}` : word)),
  );
  const [patterns, paths] = await patternsOf(run, options);
  return new Grep(run, options, compile(run, patterns, options)).run(paths);
}

async function patternsOf(run: Run, options: Options): Promise<[string[], string[]]> {
  const operands = [...options.operands];
  const patterns = options.all('e').flatMap((text) => text.split('\n'));
  for (const path of options.all('f')) patterns.push(...(await run.readText(path)).replace(/\n$/, '').split('\n'));
  if (!options.has('e', 'f')) {
    const first = operands.shift();
    if (first === undefined) throw new UsageError('', 2);
    patterns.push(...first.split('\n'));
  }
  return [patterns, operands];
}

function compile(run: Run, patterns: readonly string[], options: Options): Regex {
  const fixed = options.has('F') || (run.name === 'fgrep' && !options.has('E', 'G'));
  const extended = options.has('E') || run.name === 'egrep';
  const syntax = fixed ? 'literal' : options.has('P') ? 'perl' : extended ? 'extended' : 'basic';
  const how = { syntax, ignoreCase: options.has('i', 'y'), lenient: true } as const;
  const compiled = (some: readonly string[]) =>
    compileRegexes(some, how, options.has('x') ? 'line' : options.has('w') ? 'word' : undefined);
  for (const pattern of run.gnu ? [] : patterns) {
    try {
      compiled([pattern]);
    } catch (error) {
      if (error instanceof RegexFault) throw new Complaint(`bad regex '${pattern}'`, 2);
      throw error;
    }
  }
  return compiled(patterns);
}

class Grep {
  readonly before: number;
  readonly after: number;
  readonly most: number;
  readonly recursive: boolean;
  readonly colour: boolean;
  found = false;
  failed = false;
  /** A `--` stands between groups of context. */
  #separate = false;

  constructor(
    readonly io: Run,
    readonly options: Options,
    readonly regex: Regex,
  ) {
    const context = (flag: string) => Number(options.value(flag) ?? options.value('C') ?? 0);
    this.before = context('B');
    this.after = context('A');
    this.most = Number(options.value('m') ?? Number.POSITIVE_INFINITY);
    this.recursive = options.has('r', 'R');
    const when = options.value('color');
    this.colour =
      when !== undefined && when !== 'never' && (when === 'always' || io.process.stdout.terminal !== undefined);
  }

  async run(paths: readonly string[]): Promise<number> {
    const named = paths.length > 0 ? paths : [this.recursive ? '.' : '-'];
    const many = named.length > 1 || this.recursive;
    for (const path of named) {
      await this.visit(path, paths.length === 0 && this.recursive ? '' : path, many, true);
      if (this.found && this.options.has('q')) return 0;
    }
    return this.failed ? 2 : this.found ? 0 : 1;
  }

  async visit(path: string, label: string, many: boolean, named: boolean): Promise<void> {
    await this.io.process.tick();
    try {
      const stat =
        path === '-' ? undefined : named || this.options.has('R') ? this.io.fs.stat(path) : this.io.fs.lstat(path);
      if (stat?.kind === 'directory') return await this.folder(path, label, many, named);
      if (!named && (stat?.kind !== 'file' || !this.chosen(path))) return;
      await this.file(path, label, many);
    } catch (error) {
      await this.complain(path, error);
    }
  }

  async complain(path: string, error: unknown): Promise<void> {
    if (!(error instanceof FsError)) throw error;
    this.failed = true;
    if (!this.options.has('s')) await this.io.failed(path, error);
  }

  chosen(path: string): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const include = this.options.all('include');
    const exclude = this.options.all('exclude');
    return (
      (include.length === 0 || include.some((pattern) => matches(pattern, name))) &&
      !exclude.some((pattern) => matches(pattern, name))
    );
  }

  async folder(path: string, label: string, many: boolean, named: boolean): Promise<void> {
    if (!this.recursive) {
      const directory: Errno = 'EISDIR';
      if (this.io.gnu && !this.options.has('s')) await this.complain(path, new FsError(directory));
      return;
    }
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!named && this.options.all('exclude-dir').some((pattern) => matches(pattern, name))) return;
    for (const entry of this.io.fs.readdir(path))
      await this.visit(child(path, entry.name), label === '' ? entry.name : child(label, entry.name), many, false);
  }

  async file(path: string, label: string, many: boolean): Promise<void> {
    const input = await this.io.open(path);
    try {
      const shown = path === '-' ? '(standard input)' : label;
      const named = this.options.has('H') || (many && !this.options.has('h'));
      await this.scan(this.io.lines(input), shown, named && !(this.options.last('H', 'h') === 'h'));
    } finally {
      input.close();
    }
  }

  async scan(reader: { next(): Promise<string | undefined> }, label: string, named: boolean): Promise<void> {
    const { options } = this;
    const quiet = options.has('q', 'l', 'L', 'c');
    const held: [number, string][] = [];
    let number = 0;
    let count = 0;
    let trailing = 0;
    let shown = 0;
    for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
      number++;
      if (number % 512 === 0) await this.io.process.tick();
      if (count >= this.most && trailing === 0) break;
      const selected = count < this.most && this.regex.test(line) !== options.has('v');
      if (selected) {
        count++;
        if (options.has('q', 'l') || (options.has('L') && !options.has('c'))) break;
        if (!quiet) {
          if (
            this.#separate &&
            (this.before > 0 || this.after > 0) &&
            held[0]?.[0] !== shown + 1 &&
            shown + 1 !== number &&
            !(held.length === 0 && shown + 1 === number)
          )
            await this.io.print('--\n');
          for (const [at, text] of held) await this.print(text, at, label, named, '-');
          held.length = 0;
          await this.print(line, number, label, named, ':');
          shown = number;
          this.#separate = true;
          trailing = this.after;
        }
      } else if (!quiet && trailing > 0) {
        trailing--;
        await this.print(line, number, label, named, '-');
        shown = number;
      } else if (!quiet && this.before > 0) {
        held.push([number, line]);
        if (held.length > this.before) held.shift();
      }
    }
    await this.sum(count, label, named);
  }

  async sum(count: number, label: string, named: boolean): Promise<void> {
    const { options } = this;
    if (options.has('L') ? count === 0 : count > 0) this.found = true;
    if (options.has('q')) return;
    if (options.has('c') && !options.has('l', 'L')) await this.io.print(`${named ? `${label}:` : ''}${count}\n`);
    if (options.has('l') && count > 0) await this.io.print(`${label}\n`);
    if (options.has('L') && count === 0) await this.io.print(`${label}\n`);
  }

  async print(line: string, number: number, label: string, named: boolean, mark: ':' | '-'): Promise<void> {
    const prefix =
      (named ? `${this.paint(label, '35')}${this.paint(mark, '36')}` : '') +
      (this.options.has('n') ? `${this.paint(String(number), '32')}${this.paint(mark, '36')}` : '');
    if (!this.options.has('o')) return this.io.print(`${prefix}${this.highlight(line)}\n`);
    if (mark === '-' || this.options.has('v')) return;
    for (const { text } of this.regex.all(line))
      if (text) await this.io.print(`${prefix}${this.paint(text, '01;31')}\n`);
  }

  paint(text: string, colour: string): string {
    return this.colour ? `\x1b[${colour}m\x1b[K${text}\x1b[m\x1b[K` : text;
  }

  highlight(line: string): string {
    if (!this.colour || this.options.has('v')) return line;
    let painted = '';
    let end = 0;
    for (const match of this.regex.all(line)) {
      painted += line.slice(end, match.index) + (match.text && this.paint(match.text, '01;31'));
      end = match.end;
    }
    return painted + line.slice(end);
  }
}
