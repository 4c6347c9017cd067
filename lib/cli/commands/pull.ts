import { canonicalName, familiarName, nameParts } from '../../engine';
import { Failure } from '../../errors';
import { type Command, out } from '../invocation';
import { pullLines } from '../pull-progress';
import { checkReference } from '../reference';
import { CommandError } from '../usage-error';

/** `docker pull`. */
export const pull: Command = async (call) => {
  const { engine, flags, args } = call;
  const [name = ''] = args;
  checkReference(name);
  if (flags.on('all-tags')) {
    if (/[:@][^/]*$/.test(name)) throw new CommandError("tag can't be used with --all-tags/-a");
    throw new Failure('unsupported', 'docker pull --all-tags is not supported by Dockerland.');
  }
  const quiet = flags.on('quiet');
  const canonical = canonicalName(name)!;
  const { repository, tag } = nameParts(canonical);
  if (!quiet && !/[:@][^/]*$/.test(name)) await out(call, 'Using default tag: latest\n');
  const result = await engine.pull(name, quiet ? {} : pullLines((text) => out(call, text)));
  if (!quiet) {
    const status = result.upToDate ? 'Image is up to date for' : 'Downloaded newer image for';
    const reference = tag ? `${familiarName(repository)}:${tag}` : familiarName(canonical);
    await out(call, `Digest: ${result.digest}\nStatus: ${status} ${reference}\n`);
  }
  await out(call, `${canonical}\n`);
  return 0;
};
