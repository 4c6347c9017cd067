import { quote } from './characters';
import { DockerfileError } from './error';
import type { FlagKind } from './flags';
import type { Instruction, RunInstruction } from './instruction';
import { checkMountSyntax } from './mount';
import type { Reading } from './read-instruction';

const known: Readonly<Record<string, FlagKind>> = { mount: 'list', network: 'text', device: 'list' };

export function readRun(reading: Reading): Instruction {
  const { node, fail, written, dialect } = reading;
  const flags = reading.flags(dialect.labs ? { ...known, security: 'text' } : known);
  if (flags.list('device').length > 0) {
    const reason = 'device feature is only supported in Dockerfile frontend 1.14.0-labs or later';
    throw new DockerfileError(reason, written.range);
  }
  const mounts = flags.list('mount');
  for (const mount of mounts) {
    const wrong = checkMountSyntax(mount);
    if (wrong) throw fail(wrong);
  }
  const run: RunInstruction = {
    kind: 'run',
    ...written,
    command: { form: node.json ? 'exec' : 'shell', words: node.words },
    heredocs: node.heredocs,
    mounts,
    network: oneOf(reading, 'network mode', flags.text('network'), ['default', 'none', 'host']),
    security: oneOf(reading, 'security', flags.text('security'), ['sandbox', 'insecure']),
    flags: node.flags,
  };
  return run;
}

function oneOf<T extends string>({ fail }: Reading, what: string, text: string | undefined, values: readonly T[]): T {
  const found = text === undefined ? values[0] : values.find((value) => value === text);
  if (found === undefined) throw fail(`invalid ${what} ${quote(text!)}`);
  return found;
}
