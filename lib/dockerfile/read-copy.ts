import type { FlagKind, Flags } from './flags';
import { readHeredocMark } from './heredoc';
import type { AddInstruction, CopyInstruction, Instruction } from './instruction';
import type { Reading } from './read-instruction';

export function readAdd(reading: Reading): Instruction {
  const flags = reading.flags({
    chown: 'text',
    chmod: 'text',
    link: 'boolean',
    'keep-git-dir': 'boolean',
    checksum: 'text',
    unpack: 'boolean',
    exclude: 'list',
  });
  const add: AddInstruction = {
    kind: 'add',
    ...copying(reading, flags),
    checksum: flags.text('checksum'),
    keepGitDirectory: flags.boolean('keep-git-dir') ?? false,
    unpack: flags.boolean('unpack'),
  };
  return add;
}

const copyFlags: Readonly<Record<string, FlagKind>> = {
  chown: 'text',
  from: 'text',
  chmod: 'text',
  link: 'boolean',
  exclude: 'list',
};

export function readCopy(reading: Reading): Instruction {
  const flags = reading.flags(reading.dialect.labs ? { ...copyFlags, parents: 'boolean' } : copyFlags);
  const copy: CopyInstruction = {
    kind: 'copy',
    ...copying(reading, flags),
    from: flags.text('from'),
    parents: flags.boolean('parents') ?? false,
  };
  return copy;
}

function copying(reading: Reading, flags: Flags) {
  const { node, fail, written } = reading;
  if (node.words.length < 2) {
    const name = node.name.toUpperCase();
    throw fail(
      `${name} requires at least two arguments, but only one was provided. Destination could not be determined`,
    );
  }
  const words = node.words.slice(0, -1);
  const marks = new Set(node.heredocs.map(({ name }) => name));
  const sources = node.json ? words : words.filter((word) => !isMark(word, marks));
  return {
    ...written,
    sources,
    heredocs: node.heredocs,
    destination: node.words.at(-1)!,
    chown: flags.text('chown'),
    chmod: flags.text('chmod'),
    link: flags.boolean('link') ?? false,
    exclude: flags.list('exclude'),
  };
}

function isMark(word: string, names: ReadonlySet<string>): boolean {
  if (!word.includes('<<')) return false;
  try {
    const mark = readHeredocMark(word);
    return mark !== undefined && names.has(mark.name);
  } catch {
    return false;
  }
}
