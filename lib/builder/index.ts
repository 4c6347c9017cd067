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
export { buildClassic, ClassicFailure, type ClassicOptions } from './classic';
export type { BuildEvent, BuildFailureFacts } from './events';
export { excerpt } from './excerpt';
export { checkFailure, checkReport } from './format-check';
export { failureText, PlainProgress, warningSummary } from './format-plain';
export { type BuilderNeeds, type ImageOutcome, type ImageRequest, imageBuilder } from './image-builder';
