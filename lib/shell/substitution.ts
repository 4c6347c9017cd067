/** `$(…)` and `<(…)`: commands in a word. */
import { type Descriptor, pipe } from '../process';
import { Fault } from './flow';
import { run } from './interpret';
import { claimOutput } from './open-files';
import type { Shell } from './shell';
import type { Command } from './syntax';

/** More output than this is not kept. */
const mostOutput = 32 * 1024 * 1024;

export async function substitute(shell: Shell, body: Command): Promise<string> {
  if (!(await claimOutput(shell))) return '';
  const { reader, writer } = pipe();
  const descriptors = new Map<number, Descriptor>(shell.process.descriptors).set(1, writer);
  try {
    const child = await shell.fork(
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
export async function substituteProcess(shell: Shell, body: Command, reads: boolean): Promise<string> {
  const { reader, writer } = pipe();
  const [ours, theirs] = reads ? [writer, reader] : [reader, writer];
  const descriptors = new Map<number, Descriptor>(shell.process.descriptors).set(reads ? 0 : 1, theirs);
  await shell.fork((sub) => run(sub, body, true), { descriptors });
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
