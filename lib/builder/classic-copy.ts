import { isRemote } from '../dockerfile';
import { BuildFailure } from './build-failure';
import { ClassicFailure } from './classic-failure';
import type { Picked } from './copy';
import type { CopyStep } from './step';
import { entryDigest, keyOf } from './step-key';
import type { Steps } from './steps';

/** `file:…`, `dir:…` or, for several, `multi:…`: a digest of what is copied. */
export function fingerprint(steps: Steps, step: CopyStep): string {
  const picked = classicPicked(steps, step);
  if (picked.length === 0)
    throw new ClassicFailure(`${step.add ? 'ADD' : 'COPY'} failed: no source files were specified`);
  const tree = steps.materials.source(step.from);
  const digests = picked.map(({ entry }) => entryDigest(tree, entry).slice('sha256:'.length));
  const kind = picked[0]!.entry.kind === 'directory' ? 'dir' : 'file';
  return picked.length === 1 ? `${kind}:${digests[0]}` : `multi:${keyOf(digests).slice('sha256:'.length)}`;
}

export function classicPicked(steps: Steps, step: CopyStep): readonly Picked[] {
  const name = step.add ? 'ADD' : 'COPY';
  const outside = step.copying.sources.find((source) => step.from === undefined && /^(\.\.\/|\/?(\.\.)$)/.test(source));
  if (outside !== undefined)
    throw new ClassicFailure(`${name} failed: forbidden path outside the build context: ${outside} ()`);
  const remote = step.copying.sources.find(isRemote);
  try {
    return steps.picked(step);
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    if (remote !== undefined) throw new ClassicFailure(`${name} failed: ${error.vertexMessage}`);
    const missing = /"?\/?([^"\s:]+)"?: (?:not found|no such file or directory)$/.exec(error.message)?.[1] ?? '';
    const place = step.from === undefined ? 'file not found in build context or excluded by .dockerignore: ' : '';
    throw new ClassicFailure(`${name} failed: ${place}stat ${missing}: file does not exist`);
  }
}
