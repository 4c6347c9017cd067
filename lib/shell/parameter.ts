/** `$x`, `${x:-y}`, `${x#y}` and all their relatives. */

import { affix, replace, TooCostly } from '../pattern';
import { elementOf, entriesOf, keyOf } from './arrays';
import { calculateText } from './calculate';
import { expandPattern, expandText, walk } from './expand';
import { Fault } from './flow';
import type { Shell } from './shell';
import { emit, type Sink, Whole } from './sink';
import { parameterValue } from './special';
import type { Operation, Parameter } from './syntax';

export async function parameter(shell: Shell, part: Parameter, sink: Sink): Promise<void> {
  const { name, quoted, operation, index } = part;
  if (index === '@' || index === '*') return all(shell, part, sink);
  if (operation?.kind === 'bad')
    throw new Fault(shell.wording.badSubstitution(operation.text), shell.dialect === 'gnu' ? 1 : 2);
  const value = index ? elementOf(shell, name, await keyOf(shell, name, index)) : parameterValue(shell, name);
  if (operation && (await conditional(shell, part, operation, value, sink))) return;
  if (value === undefined && shell.options.has('u') && name !== '@' && name !== '*')
    throw new Fault(shell.wording.notSet(name), statusOfUnset(shell));
  if (name === '@' || name === '*') return all(shell, part, sink);
  emit(sink, operation ? await transform(shell, operation, value ?? '', name) : (value ?? ''), quoted);
}

/** bash ends with 127 over an unset parameter, its subshells with 1; ash with 2. */
export function statusOfUnset(shell: Shell): number {
  if (shell.dialect !== 'gnu') return 2;
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
    emit(sink, parameterValue(shell, part.name) ?? '', part.quoted);
  } else {
    const told = await expandText(shell, operation.word);
    const message = told || (operation.colon ? 'parameter not set or null' : 'parameter not set');
    const gnuMessage = told || (operation.colon ? 'parameter null or not set' : 'parameter not set');
    throw new Fault(`${part.name}: ${shell.dialect === 'gnu' ? gnuMessage : message}`, statusOfUnset(shell));
  }
  return true;
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
      return parameterValue(shell, value) ?? '';
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
      return parameterValue(shell, name) ?? value;
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
