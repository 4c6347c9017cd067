import type { ImageOutcome, ImageRequest } from '../builder';

/**
 * How `docker build` is really done: lib/builder implements it, the machine gives it what it needs of this engine (images,
 * the cache, processes for RUN), and the command asks for it.
 */
export type Builder = (request: ImageRequest) => Promise<ImageOutcome>;
