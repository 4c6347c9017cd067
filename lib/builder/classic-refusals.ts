import { type Dockerfile, type Instruction, tryDockerfile } from '../dockerfile';
import type { BuildOptions } from './build-options';
import { ClassicFailure } from './classic-failure';

const needsBuildKit =
  'Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled';

/** The Dockerfile, or what the daemon says of one that cannot be read. */
export function readClassic({ dockerfile: text, dockerfileName = 'Dockerfile' }: BuildOptions): Dockerfile {
  const prefix = 'Error response from daemon: ';
  if (text === '') throw new ClassicFailure(`${prefix}the Dockerfile (${dockerfileName}) cannot be empty`);
  const { error, refused: _, ...dockerfile } = tryDockerfile(text);
  if (!error) return dockerfile;
  const parsed =
    error.message === error.reason && dockerfile.instructions.length === 0 && dockerfile.nodes.length === 0;
  throw new ClassicFailure(`${prefix}${parsed ? 'failed to parse Dockerfile: ' : ''}${error.message}`);
}

/** What only BuildKit can. */
export function refuseNew(instruction: Instruction): void {
  const refuse = (flag: string) => {
    throw new ClassicFailure(`the --${flag} option requires BuildKit. ${needsBuildKit}`);
  };
  if (instruction.kind === 'run') {
    if (instruction.mounts.length > 0) refuse('mount');
    if (instruction.network !== 'default') refuse('network');
  }
  if ((instruction.kind === 'copy' || instruction.kind === 'add') && instruction.chmod !== undefined) refuse('chmod');
}
