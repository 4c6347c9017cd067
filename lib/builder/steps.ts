import { formatTime } from '../clock';
import { isRemote, PatternError, quote } from '../dockerfile';
import { unreachable } from '../errors';
import { FsError } from '../fs';
import type { DiffId } from '../layer';
import { changedTar } from '../snapshot';
import { BuildFailure } from './build-failure';
import type { BuildLimits, BuildOptions } from './build-options';
import { badPatterns } from './context-transfer';
import { copyInto, MissingSource, makeFolders, type Picked, pick } from './copy';
import type { Materials } from './materials';
import { canceled, type RunOutput, runStep } from './run';
import { follow } from './source-tree';
import type { CopyStep, RunStep, Step } from './step';
import { copyKey, entryDigest, runKey, workdirKey } from './step-key';
import { owner } from './users';

/** A step that was carried out: its layer is in the content store. */
export interface MadeLayer {
  readonly diffId: DiffId;
  /** RFC 3339. */
  readonly created: string;
  /** Bytes of its files. */
  readonly size: number;
  /** Nothing was changed: the tar is empty. */
  readonly empty: boolean;
}

/** Layers that overlay2 can stack. (moby, daemon/graphdriver/overlay2: maxDepth) */
const deepest = 128;

/** Carries steps out, and says what they depend on. */
export class Steps {
  constructor(
    readonly options: BuildOptions,
    readonly materials: Materials,
    readonly limits: BuildLimits,
  ) {}

  /** What a COPY or ADD takes, found. Throws a BuildFailure when something is not there. */
  picked(step: Step): readonly Picked[] {
    if (step.kind !== 'copy') return [];
    const { sources } = step.copying;
    const remote = sources.find(isRemote);
    if (remote !== undefined) throw unreachableSource(remote, step);
    try {
      return pick(this.materials.source(step.from), sources);
    } catch (error) {
      if (error instanceof PatternError) throw new BuildFailure(badPatterns(step.copying.sources));
      throw error instanceof MissingSource ? this.#missing(step, error.path) : error;
    }
  }

  /** Equal keys, equal layers. */
  key(below: string, step: Step, picked: readonly Picked[]): string {
    switch (step.kind) {
      case 'run':
        return runKey(below, step, this.#mounted(step));
      case 'copy':
        return copyKey(below, step, this.materials.source(step.from), picked);
      case 'workdir':
        return workdirKey(below, step);
      default:
        return unreachable(step);
    }
  }

  /** `folders` are made first where they are missing: the mount points of the classic builder's containers. */
  async make(
    step: Step,
    picked: readonly Picked[],
    below: readonly DiffId[],
    output: RunOutput,
    folders: readonly string[] = [],
  ): Promise<MadeLayer> {
    if (below.length > deepest) throw this.#tooDeep(step);
    const root = this.materials.writable(below);
    for (const folder of folders) makeFolders(root.files, folder);
    const { clock, content } = this.options;
    try {
      await this.#carryOut(step, picked, root, output);
    } catch (error) {
      throw this.#located(error, step);
    }
    const { sheet } = root.union;
    const diffId = content.put(changedTar(sheet)) as DiffId;
    return { diffId, created: formatTime(clock.now()), size: sheet.size, empty: sheet.isEmpty };
  }

  #tooDeep({ range }: Step): BuildFailure {
    const names = `${this.materials.layerName()} as ${this.materials.layerName()}`;
    return new BuildFailure(`failed to prepare ${names}: max depth exceeded`, range, 'exhausted');
  }

  async #carryOut(step: Step, picked: readonly Picked[], root: ReturnType<Materials['writable']>, output: RunOutput) {
    const { clock, gunzip } = this.options;
    switch (step.kind) {
      case 'run':
        return runStep(this.options, this.materials, step, root, output, this.limits.milliseconds);
      case 'workdir':
        return makeFolders(root.files, step.path, step.user ? owner(root.files, step.user) : undefined);
      case 'copy':
        return copyInto(root.files, this.materials.source(step.from), step, picked, { now: clock.now(), gunzip });
      default:
        return unreachable(step);
    }
  }

  #located(error: unknown, step: Step): unknown {
    if (this.options.signal?.aborted) return canceled();
    if (error instanceof BuildFailure && !error.range) {
      return new BuildFailure(this.#placed(error.message), step.range, error.code);
    }
    if (error instanceof PatternError) return new BuildFailure(error.message, step.range);
    if (!(error instanceof FsError)) return error;
    return new BuildFailure(error.message, step.range, error.errno === 'ENOSPC' ? 'exhausted' : 'invalid');
  }

  /** BuildKit names such paths by where the engine has the layer mounted. */
  #placed(message: string): string {
    const folder = `/var/lib/docker/overlay2/${this.materials.layerName()}/merged`;
    return message.replace(/^(cannot copy to non-directory: )/, `$1${folder}`);
  }

  /** What bind mounts show counts for the cache, as copied files do. */
  #mounted(step: RunStep): string[] {
    return step.mounts.flatMap((mount) => {
      if (mount.type !== 'bind') return [];
      const tree = this.materials.source(mount.from);
      const entry = follow(tree, mount.source);
      return entry ? [entryDigest(tree, entry)] : [];
    });
  }

  #missing(step: CopyStep, path: string): BuildFailure {
    if (step.from !== undefined) {
      return new BuildFailure(`lstat ${path}: no such file or directory`, step.range, 'not-found');
    }
    const reason = `failed to calculate checksum of ref ${this.materials.reference()}: ${quote(path)}: not found`;
    return new BuildFailure(`failed to compute cache key: ${reason}`, step.range, 'not-found', reason);
  }
}

/** There is no other network than the class's. */
function unreachableSource(url: string, step: CopyStep): BuildFailure {
  const host = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?([^/:]+)/i.exec(url)?.[1] ?? url;
  const reason = `Get ${quote(url)}: dial tcp: lookup ${host}: no such host`;
  return new BuildFailure(`failed to load cache key: ${reason}`, step.range, 'unavailable', reason);
}
