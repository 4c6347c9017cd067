import type { Run } from '../run';

/** What `docker run hello-world` says: that it worked, and which steps led here. */
export async function hello(run: Run): Promise<number> {
  await run.print(`
Hello from Docker!
This message shows that your (simulated) Docker is working.

What happened between your command and this text:
 1. The docker client asked the Docker daemon for a container of the image "hello-world".
 2. The daemon did not have that image, so it pulled it from the registry.
 3. It made a new container: the image's layer below, an empty writable layer above.
 4. It started the image's one program, which printed this, and ended. The container ended with it.

Something to try next: a container that stays, with a shell in it.
 $ docker run -it alpine sh

Your finished container is still there, with its own writable layer:
 $ docker ps -a

`);
  return 0;
}
