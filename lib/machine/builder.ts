/**
 * The engine's `Builder`, made of lib/builder: images come from this computer's engine (or are pulled), RUN runs in a system of
 * its own, steps done before are remembered in the engine's state, and what happens is told as BuildKit's plain progress.
 */
import {
  type BuildCache,
  type BuilderNeeds,
  type CachedStep,
  type FoundImage,
  imageBuilder,
  type RunTask,
  type Sources,
} from '../builder';
import { hex } from '../clock';
import type { ContainerId } from '../container';
import { type BuildCacheRecord, type Builder, canonicalName, type Engine, imageConfig, nameParts } from '../engine';
import { Failure } from '../errors';
import type { ImageConfig } from '../image';
import { asDiffId, unpacked } from '../layer';
import { layersOf } from './layers';
import type { SystemRuntime } from './runtime';

/** `engine` is asked for when a build begins: the builder is made before the engine that has it. */
export function builderOf(engine: () => Engine, runtime: SystemRuntime): Builder {
  return (request) => imageBuilder(needsOf(engine(), runtime))(request);
}

function needsOf(engine: Engine, runtime: SystemRuntime): BuilderNeeds {
  const { content, chance, clock } = engine.daemon.options;
  return {
    sources: sourcesOf(engine),
    runner: (task) => run(runtime, hex(chance, 32) as ContainerId, task),
    cache: cacheOf(engine),
    layers: layersOf(content),
    content,
    clock,
    chance,
    gunzip: (bytes) => unpacked(bytes, 'archive'),
    keep(image, tags, intermediate) {
      for (const each of [...intermediate, image]) engine.addImage(content.get(each.configDigest)!);
      for (const tag of tags) engine.tag(image.imageId, tag);
    },
  };
}

/** Images of this engine; what it lacks is pulled, as BuildKit does. */
function sourcesOf(engine: Engine): Sources {
  return {
    async resolve(reference, { pull }) {
      const canonical = canonicalName(reference);
      const { tags } = engine.daemon.state.images;
      if (canonical && (pull || !tags.has(canonical))) {
        const missing = await pulled(engine, canonical);
        if (missing) return missing;
      }
      return found(engine, reference);
    },
  };
}

async function pulled(engine: Engine, canonical: string): Promise<FoundImage | undefined> {
  try {
    await engine.pull(canonical);
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const known = await engine.daemon.options.registry?.tags(nameParts(canonical).repository);
    return { found: known?.length ? 'no-tag' : 'no-repository' };
  }
}

function found(engine: Engine, reference: string): FoundImage {
  const record = engine.image(reference);
  const config = imageConfig(engine.daemon, record) as unknown as ImageConfig;
  return { found: 'image', config, diffIds: record.diffIds.map(asDiffId), imageId: record.id };
}

/** Steps that were done before are part of the engine's state, so they are there after a restart. */
function cacheOf(engine: Engine): BuildCache {
  const { daemon } = engine;
  const shelf = shelves.get(daemon) ?? {
    sent: new Map<string, Map<string, string>>(),
    mounts: new Map<string, unknown>(),
  };
  shelves.set(daemon, shelf);
  const record = (key: string) => [...daemon.state.buildCache.values()].find((one) => one.key === key);
  return {
    ...shelf,
    get(key) {
      const step = record(key)?.result as CachedStep | undefined;
      return step?.diffId && !daemon.options.content.has(step.diffId) ? undefined : step;
    },
    put(key, step) {
      const before = record(key);
      const parent = step.parent ? record(step.parent)?.id : undefined;
      const kept: BuildCacheRecord = {
        id: before?.id ?? hex(daemon.options.chance, 13).slice(0, 25),
        key,
        parents: parent ? [parent] : [],
        type: 'regular',
        description: step.description,
        size: step.size,
        created: before?.created ?? step.created,
        lastUsed: daemon.now(),
        uses: (before?.uses ?? 0) + 1,
        result: step,
      };
      daemon.change({ type: 'cache:kept', record: kept });
    },
  };
}

/** What a build leaves that need not outlive the engine. */
const shelves = new WeakMap<object, Pick<BuildCache, 'sent' | 'mounts'>>();

async function run(runtime: SystemRuntime, container: ContainerId, task: RunTask) {
  const { addHosts, network, signal, ...process } = task;
  const hosts = ['127.0.0.1\tlocalhost', ...addHosts.map((line) => line.replace(/^([^:]+):(.*)$/, '$2\t$1'))].join(
    '\n',
  );
  const running = await runtime.start(
    {
      ...process,
      container,
      domainname: '',
      tty: false,
      stdin: false,
      etc: { hosts: `${hosts}\n`, hostname: `${task.hostname}\n`, resolv: '' },
      init: false,
      network: { mode: network === 'host' ? 'host' : 'none', endpoints: [] },
      ports: [],
      limits: { memory: 0, pids: 0, cpus: 0, ulimits: [] },
      resumed: false,
    },
    { makeMountPoints: false },
  );
  const stop = () => running.kill('KILL');
  signal.addEventListener('abort', stop);
  const { exitCode } = await running.ended;
  signal.removeEventListener('abort', stop);
  return { exitCode };
}
