import type { Created, CreateOptions } from '../../engine';
import { Failure } from '../../errors';
import { writeFile } from '../../process';
import { createOptions } from '../create-options';
import { type Command, err, type Invocation, out } from '../invocation';
import { pullQuietly } from '../pull-progress';
import { checkReference } from '../reference';
import { CommandError } from '../usage-error';

export const create: Command = async (call) => {
  checkPull(call, '');
  const created = await createFrom(call, createOptions(call), '');
  await out(call, `${created.id}\n`);
  return 0;
};

/** Makes the container, pulling the image first when it is not here (`--pull`), and writes `--cidfile`. */
export async function createFrom(call: Invocation, options: CreateOptions, prefix: string): Promise<Created> {
  const { engine, flags, process } = call;
  const cidfile = flags.maybe('cidfile');
  if (cidfile && process.fs.exists(cidfile)) {
    throw new CommandError(
      `${prefix}container ID file found, make sure the other container isn't running or delete ${cidfile}`,
      prefix ? 125 : 1,
      prefix ? 'more' : 'none',
    );
  }
  const image = options.config.Image;
  if (!/^(sha256:)?[0-9a-f]{64}$/.test(image))
    checkReference(
      image,
      (reason) => `${prefix}invalid reference format`.replace('invalid reference format', reason),
      prefix ? 125 : 1,
    );
  if (flags.text('pull') === 'always') await pullQuietly(call, image);
  let created: Created;
  try {
    created = engine.create(options);
  } catch (error) {
    const missing = error instanceof Failure && error.detail.object === 'image';
    if (!missing || flags.text('pull') !== 'missing') throw error;
    await err(call, `Unable to find image '${familiarWithTag(image)}' locally\n`);
    await pullQuietly(call, image);
    created = engine.create(options);
  }
  for (const warning of created.warnings) await err(call, `WARNING: ${warning}\n`);
  if (cidfile) await writeFile(process, cidfile, new TextEncoder().encode(created.id), 0o644);
  return created;
}

function familiarWithTag(image: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
}

export function checkPull(call: Invocation, prefix: string): void {
  const value = call.flags.text('pull');
  if (['always', 'missing', 'never'].includes(value)) return;
  throw new CommandError(
    `${prefix}invalid pull option: '${value}': must be one of "always", "missing" or "never"`,
    prefix ? 125 : 1,
    prefix ? 'more' : 'none',
  );
}
