/** Words → text: each part is expanded, the fields are split, and then names of files are matched. */

import { hasMagic } from '../pattern';
import { braces } from './braces';
import { calculate } from './calculate';
import { Fields } from './fields';
import { glob } from './glob';
import { parameter } from './parameter';
import type { Shell } from './shell';
import { emit, type Manner, type Sink, Whole } from './sink';
import { substitute, substituteProcess } from './substitution';
import type { Part, Word } from './syntax';
import { addText } from './tilde';

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

/** As a regular expression: what is quoted stands for itself. */
export async function expandRegex(shell: Shell, word: Word): Promise<string> {
  return (await expandWhole(shell, word, {})).regex;
}

async function expandWhole(shell: Shell, word: Word, manner: Manner): Promise<Whole> {
  const whole = new Whole();
  await walk(shell, word.parts, whole, manner);
  return whole;
}

export async function walk(shell: Shell, parts: readonly Part[], sink: Sink, manner: Manner): Promise<void> {
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
        sink.add(await substituteProcess(shell, part.body, part.reads), false);
        break;
      case 'parameter':
        await parameter(shell, part, sink);
    }
  }
}
