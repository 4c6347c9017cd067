import { Failure } from '../../errors';
import { type Command, out } from '../invocation';
import { checkReference } from '../reference';
import { CommandError } from '../usage-error';

/** `docker push`. */
export const push: Command = async (call) => {
  const { engine, flags, args } = call;
  const [name = ''] = args;
  checkReference(name);
  if (flags.on('all-tags') && /:[^/]*$/.test(name)) throw new CommandError("tag can't be used with --all-tags/-a");
  if (flags.on('all-tags')) throw new Failure('unsupported', 'docker push --all-tags is not supported by Dockerland.');
  const words = { preparing: 'Preparing', exists: 'Layer already exists', pushed: 'Pushed' } as const;
  const quiet = flags.on('quiet');
  if (!quiet && !/:[^/]*$/.test(name)) await out(call, 'Using default tag: latest\n');
  const result = await engine.push(
    name,
    quiet
      ? {}
      : {
          start: (repository) => out(call, `The push refers to repository [${repository}]\n`),
          layer: (layer, step) => out(call, `${layer}: ${words[step]}\n`),
        },
  );
  await out(call, quiet ? `${name}\n` : `${result.tag}: digest: ${result.digest} size: ${result.size}\n`);
  return 0;
};
