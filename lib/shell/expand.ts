/** Words → text: parameters, command substitution, arithmetic, tilde, field splitting, pathnames. */
import { type Descriptor, pipe } from '../process';
import { ArithmeticFault, evaluate } from './arithmetic';
import { entriesOf, keyOf } from './arrays';
import { braces } from './braces';
import { Fields } from './fields';
import { Fault } from './flow';
import { glob } from './glob';
import { run } from './interpret';
import { affix, hasMagic, literally, replace, TooCostly } from './pattern';
import type { Shell } from './shell';
import type { Command, Operation, Parameter, Part, Word } from './syntax';

/** Takes what parts expand to. */
interface Sink {
  add(text: string, quoted: boolean): void;
  split(text: string): void;
  /** Between two elements of `$@`. */
  end(): void;
}

/** One text, unsplit: an assignment's value, a here-document, a pattern. */
class Whole implements Sink {
  text = '';
  pattern = '';

  add(text: string, quoted: boolean): void {
    this.text += text;
    this.pattern += quoted ? literally(text) : text;
  }

  split(text: string): void {
    this.add(text, false);
  }

  end(): void {
    this.add(' ', false);
  }
}

/** How the parts of a word are taken. */
interface Manner {
  /** Literal text is split too: the word of `${x:-a b}`. */
  readonly splitText?: boolean;
  /** Tilde after `:` as well. */
  readonly assignment?: boolean;
}

export async function expandWords(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const out: string[] = [];
  for (const word of words) {
    const only = word.parts.length === 1 ? word.parts[0] : undefined;
    if (only?.kind === 'text' && (only.quoted || /^[^~*?[{\\]*$/.test(only.text))) out.push(only.text);
    else for (const one of shell.dialect === 'gnu' ? braces(word) : [word]) out.push(...(await expandWord(shell, one)));
  }
  return out;
}

async function expandWord(shell: Shell, word: Word): Promise<string[]> {
  const fields = new Fields(shell.variables.get('IFS') ?? ' \t\n');
  await walk(shell, word.parts, fields, {});
  fields.end();
  return fields.all.flatMap(({ text, pattern }) => {
    if (shell.options.has('f') || !hasMagic(pattern)) return [text];
    const found = glob(shell.process.fs, pattern, shell.options.has('dotglob'));
    return found.length > 0 || shell.options.has('nullglob') ? found : [text];
  });
}

export async function expandText(shell: Shell, word: Word, manner: Manner = {}): Promise<string> {
  return (await expandWhole(shell, word, manner)).text;
}

export async function expandPattern(shell: Shell, word: Word): Promise<string> {
  return (await expandWhole(shell, word, {})).pattern;
}

async function expandWhole(shell: Shell, word: Word, manner: Manner): Promise<Whole> {
  const whole = new Whole();
  await walk(shell, word.parts, whole, manner);
  return whole;
}

async function walk(shell: Shell, parts: readonly Part[], sink: Sink, manner: Manner): Promise<void> {
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    switch (part.kind) {
      case 'text':
        addText(shell, part, at, parts.length, sink, manner);
        break;
      case 'arithmetic':
        emit(sink, await calculate(shell, part.expression), part.quoted);
        break;
      case 'command':
        emit(sink, await substitute(shell, part.body), part.quoted);
        break;
      case 'process':
        sink.add(substituteProcess(shell, part.body, part.reads), false);
        break;
      case 'parameter':
        await parameter(shell, part, sink);
    }
  }
}

function emit(sink: Sink, text: string, quoted: boolean): void {
  if (quoted) sink.add(text, true);
  else sink.split(text);
}

// Text

function addText(
  shell: Shell,
  part: Part & { kind: 'text' },
  at: number,
  count: number,
  sink: Sink,
  manner: Manner,
): void {
  if (part.quoted) {
    sink.add(part.text, true);
    return;
  }
  let rest = part.text;
  if (rest.includes('~')) rest = tildes(shell, rest, at === 0, at === count - 1, sink, manner);
  if (manner.splitText) sink.split(rest);
  else sink.add(rest, false);
}

/** Adds what stands before and in a tilde prefix; answers the rest. */
function tildes(shell: Shell, text: string, first: boolean, last: boolean, sink: Sink, manner: Manner): string {
  const pattern = manner.assignment ? /(^|:)~([\w.+-]*)(?=[/:]|$)/g : /(^)~([\w.+-]*)(?=\/|$)/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index === 0 && !first && match[1] === '') continue;
    const end = match.index + match[0].length;
    if (end === text.length && !last) continue;
    const home = homeOf(shell, match[2]!);
    if (home === undefined) continue;
    sink.add(text.slice(from, match.index) + match[1], false);
    sink.add(home, true);
    from = end;
  }
  return text.slice(from);
}

function homeOf(shell: Shell, user: string): string | undefined {
  if (user === '') return shell.variables.get('HOME');
  if (user === '+') return shell.process.cwd;
  if (user === '-') return shell.variables.get('OLDPWD');
  try {
    const lines = new TextDecoder().decode(shell.process.fs.readFile('/etc/passwd')).split('\n');
    return lines.map((line) => line.split(':')).find(([name]) => name === user)?.[5];
  } catch {
    return undefined;
  }
}

// Arithmetic

export async function calculate(shell: Shell, expression: Word): Promise<string> {
  const source = await expandText(shell, expression);
  return calculateText(shell, source).toString();
}

export function calculateText(shell: Shell, source: string): bigint {
  try {
    return evaluate(source, {
      get: (reference) => {
        const [name, key] = elementReference(shell, reference);
        const value = key === undefined ? shell.variables.get(name) : elementOf(shell, name, key);
        if (value === undefined && shell.options.has('u'))
          throw new Fault(shell.wording.notSet(name), shell.dialect === 'gnu' ? 1 : 2);
        return value;
      },
      set: (reference, value) => {
        const [name, key] = elementReference(shell, reference);
        if (key === undefined) shell.assign(name, value);
        else shell.guard(name, () => void shell.variables.elements(name).set(key, value));
      },
    });
  } catch (error) {
    if (!(error instanceof ArithmeticFault)) throw error;
    throw new Fault(shell.wording.arithmetic(error.kind, source.trim(), error.token), shell.dialect === 'gnu' ? 1 : 2);
  }
}

/** `a[1+1]` in an expression: the array and the key. */
function elementReference(shell: Shell, reference: string): readonly [name: string, key: string | undefined] {
  const match = /^(\w+)\[([^\]]*)\]$/.exec(reference);
  if (!match) return [reference, undefined];
  const [, name = '', index = ''] = match;
  const associative = shell.variables.attributes(name)?.associative;
  return [name, associative ? index : calculateText(shell, index).toString()];
}

// Command substitution

/** More output than this is not kept. */
const mostOutput = 32 * 1024 * 1024;

async function substitute(shell: Shell, body: Command): Promise<string> {
  const { reader, writer } = pipe();
  const descriptors = new Map<number, Descriptor>(shell.process.descriptors).set(1, writer);
  try {
    const child = shell.fork(
      (sub) => {
        sub.substitutions++;
        return run(sub, body, true);
      },
      { descriptors },
    );
    writer.close();
    const bytes = await readAll(shell, reader);
    const ended = await shell.process.wait(child.pid);
    shell.substituted = shell.status = ended.exitCode;
    return new TextDecoder().decode(bytes).replaceAll('\0', '').replace(/\n+$/, '');
  } catch (error) {
    writer.close();
    throw error;
  } finally {
    reader.close();
  }
}

/** Starts the command beside this one; answers `/dev/fd/63`. The descriptor is closed when the present command is over. */
function substituteProcess(shell: Shell, body: Command, reads: boolean): string {
  const { reader, writer } = pipe();
  const [ours, theirs] = reads ? [writer, reader] : [reader, writer];
  const descriptors = new Map<number, Descriptor>(shell.process.descriptors).set(reads ? 0 : 1, theirs);
  shell.fork((sub) => run(sub, body, true), { descriptors });
  theirs.close();
  let number = 63;
  while (shell.process.descriptors.has(number)) number--;
  shell.process.descriptors.set(number, ours);
  shell.lent.push(number);
  return `/dev/fd/${number}`;
}

async function readAll(shell: Shell, reader: Descriptor): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await reader.read(shell.process); chunk.length > 0; chunk = await reader.read(shell.process)) {
    size += chunk.length;
    if (size > mostOutput) throw new Fault('out of memory', 2);
    chunks.push(chunk);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

// Parameters

async function parameter(shell: Shell, part: Parameter, sink: Sink): Promise<void> {
  const { name, quoted, operation, index } = part;
  if (index === '@' || index === '*') return all(shell, part, sink);
  if (operation?.kind === 'bad')
    throw new Fault(shell.wording.badSubstitution(operation.text), shell.dialect === 'gnu' ? 1 : 2);
  const value = index ? elementOf(shell, name, await keyOf(shell, name, index)) : shell.parameter(name);
  if (operation && (await conditional(shell, part, operation, value, sink))) return;
  if (value === undefined && shell.options.has('u') && name !== '@' && name !== '*')
    throw new Fault(shell.wording.notSet(name), gnuStatus(shell));
  if (name === '@' || name === '*') return all(shell, part, sink);
  emit(sink, operation ? await transform(shell, operation, value ?? '', name) : (value ?? ''), quoted);
}

/** bash ends with 127 over an unset parameter, its subshells with 1; ash with 2. */
function gnuStatus(shell: Shell): number {
  if (shell.dialect === 'busybox') return 2;
  return shell.sub || shell.options.has('e') ? 1 : 127;
}

/** The operations that look at whether it is set. True when that was all. */
async function conditional(
  shell: Shell,
  part: Parameter,
  operation: Operation,
  value: string | undefined,
  sink: Sink,
): Promise<boolean> {
  switch (operation.kind) {
    case '-':
    case '=':
    case '?':
    case '+':
      break;
    default:
      return false;
  }
  const isSet = value !== undefined && !(operation.colon && value === '');
  // In quotes even nothing is a field.
  if (part.quoted) sink.add('', true);
  if (operation.kind === '+') {
    if (isSet) await walk(shell, operation.word.parts, sink, { splitText: !part.quoted });
    return true;
  }
  if (isSet) return false;
  if (operation.kind === '-') await walk(shell, operation.word.parts, sink, { splitText: !part.quoted });
  else if (operation.kind === '=') {
    shell.assign(part.name, await expandText(shell, operation.word));
    emit(sink, shell.parameter(part.name) ?? '', part.quoted);
  } else {
    const told = await expandText(shell, operation.word);
    const message = told || (operation.colon ? 'parameter not set or null' : 'parameter not set');
    const gnuMessage = told || (operation.colon ? 'parameter null or not set' : 'parameter not set');
    throw new Fault(`${part.name}: ${shell.dialect === 'gnu' ? gnuMessage : message}`, gnuStatus(shell));
  }
  return true;
}

function elementOf(shell: Shell, name: string, key: string): string | undefined {
  return entriesOf(shell, name).find(([one]) => one === key)?.[1];
}

/** `$@` and `$*`, and all elements of an array. */
async function all(shell: Shell, { name, quoted, operation, index }: Parameter, sink: Sink): Promise<void> {
  const source = index ? entriesOf(shell, name).map(([, value]) => value) : shell.positional;
  if (operation?.kind === 'length') return emit(sink, String(source.length), quoted);
  const keys = index && operation?.kind === 'indirect';
  const elements = keys ? entriesOf(shell, name).map(([key]) => key) : await elementsOf(shell, operation, name, source);
  if ((index ?? name) === '*' && (quoted || sink instanceof Whole)) {
    const separators = shell.variables.get('IFS') ?? ' ';
    return sink.add(elements.join(separators.slice(0, 1)), true);
  }
  elements.forEach((element, at) => {
    if (at > 0) sink.end();
    emit(sink, element, quoted);
  });
}

async function elementsOf(
  shell: Shell,
  operation: Operation | undefined,
  name: string,
  source: readonly string[],
): Promise<readonly string[]> {
  if (!operation) return source;
  if (operation.kind === 'substring') {
    const from = Number(calculateText(shell, await expandText(shell, operation.offset)));
    const list = source === shell.positional ? positionalFrom(shell, from) : source.slice(from);
    return operation.length
      ? list.slice(0, Number(calculateText(shell, await expandText(shell, operation.length))))
      : list;
  }
  const changed: string[] = [];
  for (const element of source) changed.push(await transform(shell, operation, element, name));
  return changed;
}

/** `$0` is element 0. */
function positionalFrom(shell: Shell, from: number): readonly string[] {
  if (from === 0) return [shell.name, ...shell.positional];
  return shell.positional.slice(from > 0 ? from - 1 : from);
}

async function transform(shell: Shell, operation: Operation, value: string, name: string): Promise<string> {
  try {
    return await transformed(shell, operation, value, name);
  } catch (error) {
    if (error instanceof TooCostly) throw new Fault('out of memory');
    throw error;
  }
}

async function transformed(shell: Shell, operation: Operation, value: string, name: string): Promise<string> {
  switch (operation.kind) {
    case 'length':
      return String(lengthOf(shell, value));
    case 'indirect':
      if (value === '') throw new Fault(`${name}: invalid indirect expansion`, 1);
      return shell.parameter(value) ?? '';
    case '#':
    case '##':
    case '%':
    case '%%':
      return cut(operation.kind, value, await expandPattern(shell, operation.word));
    case '/':
      return substitutePattern(shell, operation, value);
    case 'substring':
      return substring(shell, operation, value);
    case '^':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case '^^':
      return value.toUpperCase();
    case ',':
      return value.slice(0, 1).toLowerCase() + value.slice(1);
    case ',,':
      return value.toLowerCase();
    default:
      // Set, and so neither `-`, `=`, `?` nor `+` changes it.
      return shell.parameter(name) ?? value;
  }
}

/** Characters in a UTF-8 locale, else bytes. */
function lengthOf(shell: Shell, value: string): number {
  const locale = shell.variables.get('LC_ALL') || shell.variables.get('LC_CTYPE') || shell.variables.get('LANG') || '';
  return /utf-?8/i.test(locale) ? [...value].length : new TextEncoder().encode(value).length;
}

function cut(kind: '#' | '##' | '%' | '%%', value: string, pattern: string): string {
  const length = affix(pattern, value, kind[0] === '#' ? 'start' : 'end', kind.length === 2);
  if (length < 0) return value;
  return kind[0] === '#' ? value.slice(length) : value.slice(0, value.length - length);
}

async function substitutePattern(shell: Shell, operation: Operation & { kind: '/' }, value: string): Promise<string> {
  const pattern = await expandPattern(shell, operation.pattern);
  const replacement = await expandText(shell, operation.replacement);
  if (pattern === '') return value;
  if (operation.anchor === '' || operation.anchor === '/')
    return replace(pattern, value, replacement, operation.anchor === '/');
  const start = operation.anchor === '#';
  const length = affix(pattern, value, start ? 'start' : 'end', true);
  if (length < 0) return value;
  return start ? replacement + value.slice(length) : value.slice(0, value.length - length) + replacement;
}

async function substring(shell: Shell, operation: Operation & { kind: 'substring' }, value: string): Promise<string> {
  const chars = [...value];
  const offset = Number(calculateText(shell, await expandText(shell, operation.offset)));
  const from = offset < 0 ? chars.length + offset : offset;
  if (from < 0) return '';
  if (!operation.length) return chars.slice(from).join('');
  const length = Number(calculateText(shell, await expandText(shell, operation.length)));
  return chars.slice(from, length < 0 ? chars.length + length : from + length).join('');
}
