/**
 * `docker build`: a Dockerfile and a context become an image.
 *
 * - `build(options)` → `BuiltImage`: BuildKit's way; rejects with a `BuildFailure`. What it needs from above: `Sources`
 *   (images by name), `Runner` (one program over a tree). What happens is told as `BuildEvent`s.
 * - `buildClassic(options)`: the builder before it; tells its own text, rejects with a `ClassicFailure`.
 * - `imageBuilder(needs)` → `(request) => outcome`: both of them, `-q` and `--check`, as the command asks for them.
 * - `PlainProgress`: events → the text of `--progress=plain`. `excerpt`, `failureText`, `warningSummary`, `checkReport`,
 *   `checkFailure`: its parts.
 * - `BuildCache`, `MemoryCache`: steps done before, by key.
 */
export { build } from './build';
export { BuildFailure } from './build-failure';
export {
  type BuildContext,
  type BuildLimits,
  type BuildOptions,
  type BuiltImage,
  type FoundImage,
  type RunEnd,
  type Runner,
  type RunTask,
  type Sources,
  usualLimits,
} from './build-options';
export { type BuildCache, type CachedStep, MemoryCache } from './cache';
export { buildClassic, type ClassicOptions } from './classic';
export { ClassicFailure } from './classic-failure';
export type { BuildEvent, BuildFailureFacts } from './events';
export { excerpt } from './excerpt';
export { checkFailure, checkReport } from './format-check';
export { failureText, PlainProgress, warningSummary } from './format-plain';
export { type BuilderNeeds, type ImageOutcome, type ImageRequest, imageBuilder } from './image-builder';
