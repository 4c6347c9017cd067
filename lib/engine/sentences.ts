/**
 * Docker's sentences, in one place: what the daemon answers when it cannot do what it was asked (Engine 28.5).
 *
 * Each makes a `Failure` whose code a caller acts on and whose message a person reads. `detail` holds what the command
 * needs to choose an exit code or a next step, so nobody has to look into the message.
 */
import { Failure } from '../errors';

export const noSuchContainer = (reference: string) =>
  new Failure('not-found', `No such container: ${reference}`, { object: 'container' });

export const noSuchImage = (reference: string) =>
  new Failure('not-found', `No such image: ${reference}`, { object: 'image' });

export const noSuchVolume = (name: string) =>
  new Failure('not-found', `get ${name}: no such volume`, { object: 'volume' });

export const noSuchNetwork = (name: string) =>
  new Failure('not-found', `network ${name} not found`, { object: 'network' });

export const ambiguousId = (prefix: string) =>
  new Failure('invalid', `Multiple IDs found with provided prefix: ${prefix}`);

export const nameTaken = (name: string, id: string) =>
  new Failure(
    'conflict',
    `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );

export const badName = (name: string) =>
  new Failure('invalid', `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);

export const notRunning = (id: string) => new Failure('conflict', `container ${id} is not running`);

export const alreadyPaused = (id: string) => new Failure('conflict', `Container ${id} is already paused`);

export const notPaused = (id: string) => new Failure('internal', `Container ${id} is not paused`);

export const pausedForExec = (reference: string) =>
  new Failure('conflict', `Container ${reference} is paused, unpause the container before exec`);

export const pausedForStart = () => new Failure('conflict', 'cannot start a paused container, try unpause instead');

export const cannotRemove = (reference: string, state: string, advice: string) =>
  new Failure('conflict', `cannot remove container "${reference}": container is ${state}${advice}`);

export const cannotKill = (reference: string, cause: string) =>
  new Failure('conflict', `cannot kill container: ${reference}: ${cause}`);

export const invalidSignal = (signal: string) => new Failure('invalid', `invalid signal: ${signal}`);

export const noCommand = () => new Failure('invalid', 'no command specified');

export const relativeWorkdir = (path: string) =>
  new Failure('invalid', `the working directory '${path}' is invalid, it needs to be an absolute path`);

export const workdirNotDirectory = (path: string) => new Failure('invalid', `Cannot mkdir: ${path} is not a directory`);

export const noUser = (name: string) =>
  new Failure('invalid', `unable to find user ${name}: no matching entries in passwd file`);

export const noGroup = (name: string) =>
  new Failure('invalid', `unable to find group ${name}: no matching entries in group file`);

const taskFailed =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

/** A container's program cannot be run. `exitCode` is 127 (not there) or 126 (there, but not to be executed). */
export const cannotStart = (cause: string, exitCode: number) =>
  new Failure('invalid', taskFailed + cause, { exitCode });

/** The same for `docker exec`; the sentence is output of the exec, not an answer of the daemon. */
export const cannotExec = (cause: string, exitCode: number) =>
  new Failure('invalid', `OCI runtime exec failed: exec failed: unable to start container process: ${cause}`, {
    exitCode,
  });

export const portTaken = (container: string, id: string, hostIp: string, port: number) =>
  new Failure(
    'conflict',
    `failed to set up container networking: driver failed programming external connectivity on endpoint ${container} (${id}): Bind for ${hostIp}:${port} failed: port is already allocated`,
    { exitCode: 125 },
  );

export const sameName = () => new Failure('invalid', 'Renaming a container with the same name as its current name');

export const emptyName = () => new Failure('invalid', 'Neither old nor new names may be empty');

export const imageInUseByTag = (reference: string, container: string, image: string) =>
  new Failure(
    'conflict',
    `conflict: unable to remove repository reference "${reference}" (must force) - container ${container} is using its referenced image ${image}`,
  );

export const imageInUse = (image: string, force: 'must be forced' | 'cannot be forced', cause: string) =>
  new Failure('conflict', `conflict: unable to delete ${image} (${force}) - ${cause}`);

export const volumeInUse = (name: string, ids: readonly string[]) =>
  new Failure('conflict', `remove ${name}: volume is in use - [${ids.join(', ')}]`);

export const networkInUse = (name: string, id: string, endpoints: readonly string[]) =>
  new Failure(
    'conflict',
    `error while removing network: network ${name} has active endpoints (${endpoints.join(', ')})`,
    { id },
  );

export const noSuchPath = (path: string, container: string) =>
  new Failure('not-found', `Could not find the file ${path} in container ${container}`, { object: 'path' });
