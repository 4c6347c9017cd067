/**
 * One Docker engine: `createEngine` gives the daemon, whose verbs are those of the `docker` command, one file each.
 *
 * Life: made with a state (empty, evolved from a stream, or parsed) → verbs, which change it through events → `drain` at the
 * end of each turn for what containers wrote → thrown away. After a restart of the server, `resume` starts again the tasks
 * of the containers that the state says are running. A verb that cannot do what was asked throws a `Failure` with Docker's
 * own sentence and has changed nothing (a failed start is recorded, as Docker records it).
 *
 * It is not the `docker` command (lib/cli) and runs no program itself (Runtime).
 */

import { addImage } from './add-image';
import { type AttachOptions, attach } from './attach';
import { type CommitOptions, commit } from './commit';
import { getArchive, type PutOptions, putArchive, statPath } from './cp';
import { type CreateOptions, create, type EndpointRequest } from './create';
import { Daemon, type EngineOptions, type WaitCondition } from './daemon';
import { diskUsage } from './df';
import { diff } from './diff';
import { type ExecOptions, exec } from './exec';
import { exportContainer } from './export';
import { history } from './history';
import { type ListImagesOptions, listImages } from './images';
import { type ImportOptions, importImage } from './import';
import { info, versionInfo } from './info';
import { inspectContainer, inspectImage, inspectNetwork, inspectVolume } from './inspect';
import { kill } from './kill';
import { type Filters, type ListOptions, list, sizeOf } from './list';
import { load } from './load';
import { type LogOptions, logs } from './logs';
import { findContainer, findImage, findNetwork, findVolume } from './lookup';
import {
  type CreateNetworkOptions,
  connectNetwork,
  createNetwork,
  disconnectNetwork,
  ensureNetworks,
  removeNetwork,
} from './networks';
import { pause } from './pause';
import { pruneCache, pruneContainers, pruneImages, pruneNetworks, pruneVolumes } from './prune';
import { type PullProgress, pull } from './pull';
import { type PushProgress, push } from './push';
import { rename } from './rename';
import { restart } from './restart';
import { type RemoveOptions, remove } from './rm';
import { type RemoveImageOptions, removeImage } from './rmi';
import { save } from './save';
import { resume, type StartOptions, start } from './start';
import { stats } from './stats';
import { type StopOptions, stop } from './stop';
import { tag } from './tag';
import { top } from './top';
import { unpause } from './unpause';
import { update } from './update';
import { type CreateVolumeOptions, createVolume, removeVolume, volumeSize } from './volumes';
import { wait } from './wait';

export type Engine = ReturnType<typeof createEngine>;

export function createEngine(options: EngineOptions) {
  const daemon = new Daemon(options);
  ensureNetworks(daemon);
  return {
    ...containerVerbs(daemon),
    ...imageVerbs(daemon),
    ...systemVerbs(daemon),
    /** The live daemon: for the builder and the machine, which change state through it. */
    daemon,
    get state() {
      return daemon.state;
    },
    get clock() {
      return daemon.options.clock;
    },
    get builder() {
      return daemon.options.builder;
    },
    drain: () => daemon.drain(),
    resume: (container: string) => resume(daemon, container),
  };
}

function containerVerbs(daemon: Daemon) {
  return {
    create: (options: CreateOptions) => create(daemon, options),
    start: (container: string, options?: StartOptions) => start(daemon, container, options),
    stop: (container: string, options?: StopOptions) => stop(daemon, container, options),
    kill: (container: string, signal?: string) => kill(daemon, container, signal),
    restart: (container: string, options?: StopOptions) => restart(daemon, container, options),
    pause: (container: string) => pause(daemon, container),
    unpause: (container: string) => unpause(daemon, container),
    wait: (container: string, condition?: WaitCondition) => wait(daemon, container, condition),
    remove: (container: string, options?: RemoveOptions) => remove(daemon, container, options),
    rename: (container: string, name: string) => rename(daemon, container, name),
    attach: (container: string, options: AttachOptions) => attach(daemon, container, options),
    exec: (container: string, options: ExecOptions) => exec(daemon, container, options),
    logs: (container: string, options: LogOptions) => logs(daemon, container, options),
    top: (container: string) => top(daemon, container),
    diff: (container: string) => diff(daemon, container),
    commit: (container: string, options?: CommitOptions) => commit(daemon, container, options),
    exportContainer: (container: string) => exportContainer(daemon, container),
    update: (container: string, changes: Parameters<typeof update>[2]) => update(daemon, container, changes),
    stats: (container: string) => stats(daemon, container),
    list: (asked?: ListOptions) => list(daemon, asked),
    container: (reference: string) => findContainer(daemon, reference),
    containerSize: (reference: string) => sizeOf(daemon, findContainer(daemon, reference)),
    inspectContainer: (container: string, asked?: { readonly size?: boolean }) =>
      inspectContainer(daemon, container, asked),
    statPath: (container: string, path: string) => statPath(daemon, container, path),
    getArchive: (container: string, path: string) => getArchive(daemon, container, path),
    putArchive: (container: string, path: string, tar: Uint8Array, asked?: PutOptions) =>
      putArchive(daemon, container, path, tar, asked),
  };
}

function imageVerbs(daemon: Daemon) {
  return {
    listImages: (asked?: ListImagesOptions) => listImages(daemon, asked),
    image: (reference: string) => findImage(daemon, reference),
    inspectImage: (image: string) => inspectImage(daemon, image),
    history: (image: string) => history(daemon, image),
    tag: (source: string, target: string) => tag(daemon, source, target),
    removeImage: (image: string, asked?: RemoveImageOptions) => removeImage(daemon, image, asked),
    /** An image whose configuration and layers lie in the content store already. */
    addImage: (config: Uint8Array, asked?: Parameters<typeof addImage>[2]) => addImage(daemon, config, asked),
    importImage: (tar: Uint8Array, source: string, asked?: ImportOptions) => importImage(daemon, tar, source, asked),
    save: (images: readonly string[]) => save(daemon, images),
    load: (archive: Uint8Array) => load(daemon, archive),
    pull: (reference: string, progress?: PullProgress) => pull(daemon, reference, progress),
    push: (reference: string, progress?: PushProgress) => push(daemon, reference, progress),
    pruneImages: (filters?: Filters, all?: boolean) => pruneImages(daemon, filters, all),
  };
}

function systemVerbs(daemon: Daemon) {
  return {
    createVolume: (asked: CreateVolumeOptions) => createVolume(daemon, asked),
    removeVolume: (name: string, asked: { readonly force?: boolean } = {}) => removeVolume(daemon, name, asked),
    volume: (name: string) => findVolume(daemon, name),
    volumeSize: (name: string) => volumeSize(daemon, findVolume(daemon, name)),
    inspectVolume: (name: string) => inspectVolume(daemon, name),
    createNetwork: (asked: CreateNetworkOptions) => createNetwork(daemon, asked),
    removeNetwork: (network: string) => removeNetwork(daemon, network),
    network: (reference: string) => findNetwork(daemon, reference),
    inspectNetwork: (network: string) => inspectNetwork(daemon, network),
    connectNetwork: (network: string, container: string, asked?: EndpointRequest) =>
      connectNetwork(daemon, network, container, asked),
    disconnectNetwork: (network: string, container: string) => disconnectNetwork(daemon, network, container),
    pruneContainers: (filters?: Filters) => pruneContainers(daemon, filters),
    pruneVolumes: (filters?: Filters) => pruneVolumes(daemon, filters),
    pruneNetworks: (filters?: Filters) => pruneNetworks(daemon, filters),
    pruneCache: () => pruneCache(daemon),
    diskUsage: () => diskUsage(daemon),
    info: () => info(daemon),
    version: () => versionInfo(daemon),
    announcements: daemon.announcements,
  };
}
