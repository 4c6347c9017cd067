import { Failure } from '../../errors';
import { type Command, out } from '../invocation';

/** The room's registry asks nobody who they are. */
export const login: Command = () =>
  Promise.reject(
    new Failure('unsupported', 'docker login is not supported by Dockerland: the class registry needs no login.'),
  );

export const logout: Command = async (call) => {
  const [server = 'https://index.docker.io/v1/'] = call.args;
  await out(
    call,
    server === 'https://index.docker.io/v1/'
      ? 'Removing login credentials for https://index.docker.io/v1/\n'
      : `Removing login credentials for ${server}\n`,
  );
  return 0;
};

export const search: Command = () =>
  Promise.reject(new Failure('unsupported', 'docker search is not supported by Dockerland.'));
