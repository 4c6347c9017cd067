import type { Flag } from './table/declare';
import { flagError } from './usage-error';
import { checkValue } from './values';

/** The flags of one call, by long name. Everything a command asks about is declared in the table. */
export class Flags {
  readonly #values = new Map<string, string[]>();

  constructor(readonly declared: readonly Flag[]) {}

  add(flag: Flag, value: string): void {
    const before = this.#values.get(flag.name);
    const list = isList(flag) ? [...(before ?? []), value] : [value];
    this.#values.set(flag.name, list);
  }

  /** Given on the line. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Of a switch. */
  on(name: string): boolean {
    const value = this.#values.get(name)?.[0];
    return value === undefined ? this.#default(name) === 'true' : truthy(value);
  }

  text(name: string): string {
    return this.#values.get(name)?.[0] ?? this.#default(name) ?? '';
  }

  maybe(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  number(name: string): number {
    return Number(this.text(name) || 0);
  }

  #default(name: string): string | undefined {
    const text = this.declared.find((flag) => flag.name === name)?.text ?? '';
    const found = /\(default "?([^")]*)"?\)$/.exec(text)?.[1];
    return found === '[]' || found === 'map[]' ? undefined : found;
  }
}

const truthy = (value: string) => ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
const listTypes = [
  'list',
  'strings',
  'stringArray',
  'filter',
  'map',
  'ulimit',
  'mount',
  'network',
  'gpu-request',
  'stringToString',
];
const isList = (flag: Flag) => flag.value !== undefined && listTypes.includes(flag.value);

export interface ParsedLine {
  readonly flags: Flags;
  readonly args: readonly string[];
  readonly help: boolean;
}

const help: Flag = { name: 'help', text: 'Print usage' };

/**
 * Words → flags and arguments, as pflag does it: `--name=value`, `--name value`, `-abc`, `-p80`, `--` ends the flags. With
 * `stopAtArgument` the first word that is no flag ends them too (`docker run IMAGE -l` is the image's `-l`).
 */
export function parseFlags(words: readonly string[], declared: readonly Flag[], stopAtArgument: boolean): ParsedLine {
  const known = declared.some((flag) => flag.name === 'help') ? declared : [...declared, help];
  const flags = new Flags(known);
  const args: string[] = [];
  let wantsHelp = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') {
      args.push(...words.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) at += long(word, words[at + 1]);
    else if (word.startsWith('-') && word !== '-') at += short(word, words[at + 1]);
    else if (stopAtArgument) {
      args.push(...words.slice(at));
      break;
    } else args.push(word);
    if (wantsHelp) break;
  }
  return { flags, args, help: wantsHelp };

  function set(flag: Flag, value: string): void {
    if (flag === help || flag.name === 'help') wantsHelp = true;
    checkValue(flag, value);
    flags.add(flag, value);
  }

  /** How many more words it took. */
  function long(word: string, next: string | undefined): number {
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    const flag = known.find((one) => one.name === name);
    if (name === '' || name.startsWith('-')) throw flagError(`bad flag syntax: ${word}`);
    if (!flag) throw flagError(`unknown flag: --${name}`);
    if (equals >= 0) set(flag, word.slice(equals + 1));
    else if (flag.value === undefined) set(flag, 'true');
    else if (next === undefined) throw flagError(`flag needs an argument: --${name}`);
    else {
      set(flag, next);
      return 1;
    }
    return 0;
  }

  function short(word: string, next: string | undefined): number {
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      const flag = known.find((one) => one.short === letter) ?? (letter === 'h' ? help : undefined);
      if (!flag) throw flagError(`unknown shorthand flag: '${letter}' in ${word}`.replace(word, `-${word.slice(at)}`));
      const rest = word.slice(at + 1);
      if (rest.startsWith('=')) {
        set(flag, rest.slice(1));
        return 0;
      }
      if (flag.value === undefined) set(flag, 'true');
      else if (rest) {
        set(flag, rest);
        return 0;
      } else if (next === undefined) throw flagError(`flag needs an argument: '${letter}' in -${word.slice(at)}`);
      else {
        set(flag, next);
        return 1;
      }
    }
    return 0;
  }
}
