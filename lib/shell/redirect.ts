/** Redirections: done on the shell's own descriptors, and undone unless `exec` keeps them. */
import { type Errno, FsError, type OpenFlags } from '../fs';
import { type Descriptor, duplex, lowestFree, open } from '../process';
import { expandText, expandWords } from './expand';
import { Fault } from './flow';
import { claimDocument, claimKept } from './open-files';
import { errnoOf, type Shell } from './shell';
import type { Redirect, RedirectOperator } from './syntax';

/** What the descriptors were. */
export class Undo {
  readonly #saved = new Map<number, Descriptor | undefined>();

  constructor(readonly descriptors: Map<number, Descriptor>) {}

  set(number: number, descriptor: Descriptor | undefined): void {
    const old = this.descriptors.get(number);
    if (this.#saved.has(number)) old?.close();
    else this.#saved.set(number, old);
    if (descriptor) this.descriptors.set(number, descriptor);
    else this.descriptors.delete(number);
  }

  undo(): void {
    for (const [number, old] of this.#saved) {
      this.descriptors.get(number)?.close();
      if (old) this.descriptors.set(number, old);
      else this.descriptors.delete(number);
    }
    this.#saved.clear();
  }

  keep(): void {
    for (const old of this.#saved.values()) old?.close();
    this.#saved.clear();
  }
}

const readOnly: OpenFlags = { read: true };
const flags: Readonly<Record<'<' | '>' | '>>' | '>|' | '<>', OpenFlags>> = {
  '<': readOnly,
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '>>': { write: true, create: true, append: true },
  '<>': { read: true, write: true, create: true },
};

/**
 * Throws a Fault that is not fatal, and was reported, when one fails; then none is in effect. `keeps`: what the descriptors
 * were is to come back, for which the shell needs further numbers; a program that is started has them for itself.
 */
export async function redirect(shell: Shell, redirects: readonly Redirect[], keeps = true): Promise<Undo> {
  const undo = new Undo(shell.process.descriptors);
  try {
    for (const one of redirects) await apply(shell, one, undo, keeps);
  } catch (error) {
    // Said where those that were already done lead.
    if (error instanceof Fault && !error.fatal) await shell.report(error);
    undo.undo();
    throw error;
  }
  return undo;
}

async function apply(shell: Shell, one: Redirect, undo: Undo, keeps: boolean): Promise<void> {
  const { operator, number } = one;
  const text = await targetOf(shell, one);
  if (operator.startsWith('<<')) claimDocument(shell);
  switch (operator) {
    case '<<':
      return undo.set(number, textDescriptor(text));
    case '<<<':
      return undo.set(number, textDescriptor(`${text}\n`));
    case '<&':
    case '>&':
      if (/^\d+$|^-$/.test(text)) {
        if (keeps) await claimKept(shell, number, 0);
        return duplicate(shell, number, text, undo);
      }
      if (operator === '<&') throw new Fault(shell.wording.badDescriptor(text, number), failed(shell), false);
      if (shell.dialect === 'dash') throw new Fault('Syntax error: Bad fd number', 2);
      return both(shell, text, '>', undo);
    case '&>':
      return both(shell, text, '>', undo);
    case '&>>':
      return both(shell, text, '>>', undo);
    default:
      return undo.set(number, await openAs(shell, operator, text, number, keeps));
  }
}

async function openAs(
  shell: Shell,
  operator: RedirectOperator,
  path: string,
  number: number,
  keeps: boolean,
): Promise<Descriptor> {
  const file = await openFile(shell, operator, path);
  try {
    if (number >= shell.process.limits.openFiles.soft) throw beyond(shell, lowestFree(shell.process), number);
    if (keeps) await claimKept(shell, number, 1);
    return file;
  } catch (error) {
    file.close();
    if (!(error instanceof FsError)) throw error;
    throw new Fault(describe(shell, path, flags[operator as '<'], error.errno), failed(shell), false);
  }
}

/** A number that the limit of open files does not allow. */
function beyond(shell: Shell, from: number, number: number): Fault {
  const named = shell.dialect === 'gnu' && from > 2 ? number : from;
  return new Fault(shell.wording.badDescriptor(String(named), number), failed(shell), false);
}

/** In bash a file's name may also be a pattern, but must come to one word. */
async function targetOf(shell: Shell, { operator, target, text }: Redirect): Promise<string> {
  if (shell.dialect !== 'gnu' || operator === '<<' || operator === '<<<') return expandText(shell, target);
  const words = await expandWords(shell, [target]);
  if (words.length !== 1) throw new Fault(`${text}: ambiguous redirect`, 1, false);
  return words[0]!;
}

function textDescriptor(text: string): Descriptor {
  const source = duplex();
  source.push(new TextEncoder().encode(text));
  source.end();
  return source.descriptor;
}

function duplicate(shell: Shell, number: number, text: string, undo: Undo): void {
  if (text === '-') {
    undo.set(number, undefined);
    return;
  }
  const from = shell.process.descriptors.get(Number(text));
  if (!from) throw new Fault(shell.wording.badDescriptor(text, number), failed(shell), false);
  if (number >= shell.process.limits.openFiles.soft) throw beyond(shell, Number(text), number);
  undo.set(number, from.hold());
}

async function both(shell: Shell, path: string, operator: '>' | '>>', undo: Undo): Promise<void> {
  const file = await openFile(shell, operator, path);
  undo.set(1, file);
  undo.set(2, file.hold());
}

async function openFile(shell: Shell, operator: RedirectOperator, path: string): Promise<Descriptor> {
  const how = flags[operator as '<'];
  try {
    if (operator === '>' && shell.options.has('C')) refuseToClobber(shell, path);
    return await open(shell.process, path, how);
  } catch (error) {
    throw new Fault(describe(shell, path, how, errnoOf(error)), failed(shell), false);
  }
}

function failed(shell: Shell): number {
  return shell.dialect === 'dash' ? 2 : 1;
}

function refuseToClobber(shell: Shell, path: string): void {
  if (shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'file') throw new FsError('EEXIST', path);
}

function describe(shell: Shell, path: string, how: OpenFlags, errno: Errno): string {
  return how.create ? shell.wording.cannotCreate(path, errno) : shell.wording.cannotOpen(path, errno);
}
