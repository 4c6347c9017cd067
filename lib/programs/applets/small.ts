/** Tiny programs: true, false, yes, seq, tee, pwd, basename, dirname, mktemp, expr, nologin. */
import { below } from '../../clock';
import { FsError } from '../../fs';
import { compileRegex, type Regex, RegexFault } from '../../pattern';
import { type Descriptor, open } from '../../process';
import { Complaint, parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Applet, Run } from '../run';
import { encode } from '../text';

export const yes: Applet = async (run) => {
  const line = `${run.args.length > 0 ? run.args.join(' ') : 'y'}\n`;
  const block = encode(line.repeat(Math.max(1, Math.ceil(8192 / line.length))));
  for (;;) await run.process.stdout.write(run.process, block);
};

export const succeed: Applet = async () => 0;
export const fail: Applet = async () => 1;

export async function seq(run: Run): Promise<number> {
  // A number may look like an option: after the first one nothing is an option any more.
  const firstNumber = run.args.findIndex(
    (word, at) => /^[-+]?\.?\d/.test(word) && !/^-[sf]$/.test(run.args[at - 1] ?? ''),
  );
  const args = firstNumber < 0 ? run.args : [...run.args.slice(0, firstNumber), '--', ...run.args.slice(firstNumber)];
  const options = parseOptions(run, '+ws:f:', { 'equal-width': 'w', separator: 's', format: 'f' }, args);
  const { operands } = options;
  if (operands.length === 0 || operands.length > 3)
    throw new UsageError(run.gnu ? (operands.length === 0 ? 'missing operand' : `extra operand '${operands[3]}'`) : '');
  for (const text of operands)
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text))
      throw new UsageError(run.gnu ? `invalid floating point argument: '${text}'` : '');
  const [first, step, last] =
    operands.length === 1
      ? ['1', '1', operands[0]!]
      : operands.length === 2
        ? [operands[0]!, '1', operands[1]!]
        : (operands as [string, string, string]);
  const decimals = Math.max(...[first, step].map((text) => text.split('.')[1]?.length ?? 0));
  const increment = Number(step);
  if (increment === 0) throw new Complaint(run.gnu ? `invalid Zero increment value: '${step}'` : 'invalid number');
  const show = (value: number) => value.toFixed(decimals);
  const width = options.has('w') ? Math.max(show(Number(first)).length, Number(last).toFixed(decimals).length) : 0;
  const pad = (text: string) =>
    text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
  const separator = (options.value('s') ?? '\n').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  let printed = false;
  for (let count = 0; ; count++) {
    const value = Number(first) + count * increment;
    if (increment > 0 ? value > Number(last) + 1e-9 : value < Number(last) - 1e-9) break;
    if (count % 1000 === 0) await run.process.tick();
    await run.print((printed ? separator : '') + pad(show(value)));
    printed = true;
  }
  if (printed) await run.print('\n');
  return 0;
}

export async function tee(run: Run): Promise<number> {
  const options = parseOptions(run, 'aip', { append: 'a', 'ignore-interrupts': 'i' });
  if (options.has('i')) run.process.onSignal('INT', 'ignore');
  const outputs = new Map<string, Descriptor>();
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      const how = { write: true, create: true, append: options.has('a'), truncate: !options.has('a') };
      outputs.set(path, await open(run.process, path, how, 0o666 & ~run.process.umask));
    } catch (error) {
      exitCode = await run.failed(run.gnu ? path : path, error);
    }
  }
  try {
    for (let bytes = await run.read(run.process.stdin); bytes.length > 0; bytes = await run.read(run.process.stdin)) {
      await run.process.stdout.write(run.process, bytes);
      for (const [path, output] of outputs) {
        try {
          await output.write(run.process, bytes);
        } catch (error) {
          if (!(error instanceof FsError)) throw error;
          // The others go on.
          exitCode = await run.fail(`${path}: ${run.gnu ? run.say(error) : 'I/O error'}`);
          output.close();
          outputs.delete(path);
        }
      }
    }
  } finally {
    for (const output of outputs.values()) output.close();
  }
  return exitCode;
}

export async function pwd(run: Run): Promise<number> {
  parseOptions(run, 'LP', { logical: 'L', physical: 'P' });
  await run.print(`${run.fs.realpath('.')}\n`);
  return 0;
}

export async function basename(run: Run): Promise<number> {
  const options = parseOptions(run, '+as:z', { multiple: 'a', suffix: 's', zero: 'z' });
  const many = options.has('a', 's');
  const [first, second, extra] = options.operands;
  if (first === undefined) throw new UsageError(run.gnu ? 'missing operand' : '');
  if (!many && extra !== undefined) throw new UsageError(run.gnu ? `extra operand '${extra}'` : '');
  const suffix = options.value('s') ?? (many ? '' : (second ?? ''));
  for (const path of many ? options.operands : [first]) {
    const name = /^\/+$/.test(path) ? '/' : (path.replace(/\/+$/, '').split('/').pop() ?? '');
    await run.print(`${suffix && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name}\n`);
  }
  return 0;
}

export async function dirname(run: Run): Promise<number> {
  const { operands } = parseOptions(run, 'z', { zero: 'z' });
  if (operands.length === 0 || (!run.gnu && operands.length > 1))
    throw new UsageError(run.gnu ? 'missing operand' : '');
  for (const path of operands) {
    const trimmed = path.replace(/\/+$/, '');
    const cut = trimmed.lastIndexOf('/');
    await run.print(
      `${trimmed === '' ? (path === '' ? '.' : '/') : cut < 0 ? '.' : trimmed.slice(0, cut).replace(/\/+$/, '') || '/'}\n`,
    );
  }
  return 0;
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export async function mktemp(run: Run): Promise<number> {
  const options = parseOptions(run, 'dtuqp:', {
    directory: 'd',
    'dry-run': 'u',
    tmpdir: 'p',
    quiet: 'q',
    suffix: 'suffix:',
  });
  const [template] = options.operands;
  const folder =
    options.value('p') ?? (template === undefined || options.has('t') ? (run.process.env.TMPDIR ?? '/tmp') : '');
  const name = (template ?? (run.gnu ? 'tmp.XXXXXXXXXX' : 'tmp.XXXXXX')) + (options.value('suffix') ?? '');
  const holes = run.gnu ? /X{3,}(?=[^X]*$)/.exec(name) : /X{6,}$/.exec(name);
  if (!holes) return run.fail(run.gnu ? `too few X's in template '${name}'` : ': Invalid argument');
  for (let attempt = 0; attempt < 100; attempt++) {
    const filled =
      name.slice(0, holes.index) +
      Array.from(holes[0], () => letters[below(run.process.system.chance, letters.length)]).join('') +
      name.slice(holes.index + holes[0].length);
    const path = folder ? child(folder, filled) : filled;
    try {
      if (options.has('u')) {
        if (run.fs.exists(path)) continue;
      } else if (options.has('d')) run.fs.mkdir(path, 0o700);
      else run.fs.open(path, { write: true, create: true, exclusive: true }, 0o600).close();
      await run.print(`${path}\n`);
      return 0;
    } catch (error) {
      if (error instanceof FsError && error.errno === 'EEXIST') continue;
      if (!run.gnu) return run.failed('', error);
      return run.failed(
        `failed to create ${options.has('d') ? 'directory' : 'file'} via template '${folder ? child(folder, name) : name}'`,
        error,
      );
    }
  }
  return 1;
}

// expr

export async function expr(run: Run): Promise<number> {
  const words = run.args[0] === '--' ? run.args.slice(1) : run.args;
  if (words.length === 0) throw run.gnu ? new UsageError('missing operand') : new Complaint('too few arguments', 2);
  const expression = new Expression(run, words);
  const value = expression.all();
  for (const warning of expression.warnings) await run.complain(`expr: warning: ${warning}\n`);
  await run.print(`${value}\n`);
  return value === '' || /^-?0+$/.test(value) ? 1 : 0;
}

class Expression {
  #at = 0;
  readonly warnings: string[] = [];

  constructor(
    readonly run: Run,
    readonly words: readonly string[],
  ) {}

  all(): string {
    const value = this.#or();
    const rest = this.words[this.#at];
    if (rest !== undefined)
      throw new Complaint(this.run.gnu ? `syntax error: unexpected argument '${rest}'` : 'syntax error', 2);
    return value;
  }

  #binary(
    operators: readonly string[],
    operand: () => string,
    apply: (left: string, operator: string, right: string) => string,
  ): string {
    let left = operand();
    for (
      let operator = this.words[this.#at];
      operator !== undefined && operators.includes(operator);
      operator = this.words[this.#at]
    ) {
      this.#at++;
      left = apply(left, operator, operand());
    }
    return left;
  }

  readonly #or = (): string =>
    this.#binary(['|'], this.#and, (left, _, right) => (isNull(left) ? (isNull(right) ? '0' : right) : left));
  readonly #and = (): string =>
    this.#binary(['&'], this.#compare, (left, _, right) => (isNull(left) || isNull(right) ? '0' : left));
  readonly #compare = (): string => this.#binary(['=', '==', '!=', '<', '<=', '>', '>='], this.#sum, compare);
  readonly #sum = (): string =>
    this.#binary(['+', '-'], this.#product, (left, operator, right) => this.#calculate(left, operator, right));
  readonly #product = (): string =>
    this.#binary(['*', '/', '%'], this.#match, (left, operator, right) => this.#calculate(left, operator, right));
  readonly #match = (): string => this.#binary([':'], this.#primary, (left, _, right) => this.#matched(left, right));

  readonly #primary = (): string => {
    const word = this.words[this.#at++];
    if (word === undefined)
      throw new Complaint(
        this.run.gnu ? `syntax error: missing argument after '${this.words.at(-1)}'` : 'syntax error',
        2,
      );
    if (word === '(') {
      const value = this.#or();
      if (this.words[this.#at++] !== ')')
        throw new Complaint(
          this.run.gnu ? `syntax error: expecting ')' after '${this.words.at(-1)}'` : 'syntax error',
          2,
        );
      return value;
    }
    if (this.#at >= this.words.length) return word;
    switch (word) {
      case '+':
        return this.#next();
      case 'length':
        return String([...this.#next()].length);
      case 'match':
        return this.#matched(this.#next(), this.#next());
      case 'index': {
        const [text, set] = [this.#next(), this.#next()];
        return String([...text].findIndex((character) => set.includes(character)) + 1);
      }
      case 'substr': {
        const [text, from, length] = [this.#next(), Number(this.#next()), Number(this.#next())];
        return from > 0 && length > 0 ? [...text].slice(from - 1, from - 1 + length).join('') : '';
      }
      default:
        return word;
    }
  };

  #next(): string {
    return this.#primary();
  }

  /** The first group, or how many characters match from the text's beginning. */
  #matched(text: string, pattern: string): string {
    if (!this.run.gnu && pattern.startsWith('^'))
      this.warnings.push(
        `'${pattern}': using '^' as the first character\nof a basic regular expression is not portable; it is ignored`,
      );
    const regex = this.#regex(pattern.replace(/^\^/, ''));
    const found = regex.exec(text);
    if (found?.index !== 0) return regex.groups > 0 ? '' : '0';
    if (regex.groups > 0 && (this.run.gnu || found.groups[1] !== undefined)) return found.groups[1] ?? '';
    return String([...found.text].length);
  }

  #regex(pattern: string): Regex {
    try {
      return compileRegex(pattern);
    } catch (error) {
      if (!(error instanceof RegexFault)) throw error;
      throw new Complaint(this.run.gnu ? error.message : `bad regex '${pattern}': ${error.message}`, 2);
    }
  }

  #calculate(left: string, operator: string, right: string): string {
    if (!/^-?\d+$/.test(left) || !/^-?\d+$/.test(right)) throw new Complaint('non-integer argument', 2);
    const [a, b] = [BigInt(left), BigInt(right)];
    if ((operator === '/' || operator === '%') && b === 0n) throw new Complaint('division by zero', 2);
    return String(
      { '+': () => a + b, '-': () => a - b, '*': () => a * b, '/': () => a / b, '%': () => a % b }[operator]!(),
    );
  }
}

const isNull = (text: string) => text === '' || /^-?0+$/.test(text);

function compare(left: string, operator: string, right: string): string {
  const numeric = /^-?\d+$/.test(left) && /^-?\d+$/.test(right);
  const order = numeric ? Number(BigInt(left) - BigInt(right)) : left < right ? -1 : left > right ? 1 : 0;
  const holds = {
    '=': order === 0,
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }[operator];
  return holds ? '1' : '0';
}

export const nologin: Applet = async (run) => {
  await run.print('This account is not available\n');
  return 1;
};
