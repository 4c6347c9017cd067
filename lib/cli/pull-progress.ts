import type { PullProgress } from '../engine';
import type { Invocation } from './invocation';

/** The lines of a pull, for streams that are no terminal: each step once. */
export function pullLines(print: (text: string) => Promise<void>): PullProgress {
  const words = {
    exists: 'Already exists',
    pulling: 'Pulling fs layer',
    downloaded: 'Download complete',
    complete: 'Pull complete',
  } as const;
  return {
    start: (tag, name) => print(`${tag}: Pulling from ${name}\n`),
    layer: (layer, step) => print(`${layer}: ${words[step]}\n`),
  };
}

/** The pull that `docker run` does by itself: its progress goes to stderr. */
export async function pullQuietly(call: Invocation, image: string): Promise<void> {
  const quiet = call.flags.on('quiet');
  const print = (text: string) => call.process.printError(text);
  const result = await call.engine.pull(image, quiet ? {} : pullLines(print));
  if (quiet) return;
  const status = result.upToDate ? 'Image is up to date for' : 'Downloaded newer image for';
  await print(`Digest: ${result.digest}\nStatus: ${status} ${result.name}:${result.tag}\n`);
}
