import { type Command, out } from '../invocation';

/** The one builder that there is. */
export const buildxList: Command = async (call) => {
  await out(
    call,
    'NAME/NODE     DRIVER/ENDPOINT   STATUS    BUILDKIT   PLATFORMS\ndefault*      docker                                 \n \\_ default    \\_ default       running   v0.25.2    linux/amd64\n',
  );
  return 0;
};

export const buildxVersion: Command = async (call) => {
  await out(call, 'github.com/docker/buildx 0.29.1 dockerland\n');
  return 0;
};
