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

/** One engine's verbs. They are methods, so that a hundred engines have them once. */
export class Engine {
  /** `daemon` is the live one: the builder and the machine change state through it. */
  constructor(readonly daemon: Daemon) {}

  get state() {
    return this.daemon.state;
  }

  get clock() {
    return this.daemon.options.clock;
  }

  get builder() {
    return this.daemon.options.builder;
  }

  get announcements() {
    return this.daemon.announcements;
  }

  drain() {
    return this.daemon.drain();
  }

  resume(container: string) {
    return resume(this.daemon, container);
  }

  // Containers

  create(options: CreateOptions) {
    return create(this.daemon, options);
  }

  start(container: string, options?: StartOptions) {
    return start(this.daemon, container, options);
  }

  stop(container: string, options?: StopOptions) {
    return stop(this.daemon, container, options);
  }

  kill(container: string, signal?: string) {
    return kill(this.daemon, container, signal);
  }

  restart(container: string, options?: StopOptions) {
    return restart(this.daemon, container, options);
  }

  pause(container: string) {
    return pause(this.daemon, container);
  }

  unpause(container: string) {
    return unpause(this.daemon, container);
  }

  wait(container: string, condition?: WaitCondition) {
    return wait(this.daemon, container, condition);
  }

  remove(container: string, options?: RemoveOptions) {
    return remove(this.daemon, container, options);
  }

  rename(container: string, name: string) {
    return rename(this.daemon, container, name);
  }

  attach(container: string, options: AttachOptions) {
    return attach(this.daemon, container, options);
  }

  exec(container: string, options: ExecOptions) {
    return exec(this.daemon, container, options);
  }

  logs(container: string, options: LogOptions) {
    return logs(this.daemon, container, options);
  }

  top(container: string) {
    return top(this.daemon, container);
  }

  diff(container: string) {
    return diff(this.daemon, container);
  }

  commit(container: string, options?: CommitOptions) {
    return commit(this.daemon, container, options);
  }

  exportContainer(container: string) {
    return exportContainer(this.daemon, container);
  }

  update(container: string, changes: Parameters<typeof update>[2]) {
    return update(this.daemon, container, changes);
  }

  stats(container: string) {
    return stats(this.daemon, container);
  }

  list(asked?: ListOptions) {
    return list(this.daemon, asked);
  }

  container(reference: string) {
    return findContainer(this.daemon, reference);
  }

  containerSize(reference: string) {
    return sizeOf(this.daemon, findContainer(this.daemon, reference));
  }

  inspectContainer(container: string, asked?: { readonly size?: boolean }) {
    return inspectContainer(this.daemon, container, asked);
  }

  statPath(container: string, path: string) {
    return statPath(this.daemon, container, path);
  }

  getArchive(container: string, path: string) {
    return getArchive(this.daemon, container, path);
  }

  putArchive(container: string, path: string, tar: Uint8Array, asked?: PutOptions) {
    return putArchive(this.daemon, container, path, tar, asked);
  }

  // Images

  listImages(asked?: ListImagesOptions) {
    return listImages(this.daemon, asked);
  }

  image(reference: string) {
    return findImage(this.daemon, reference);
  }

  inspectImage(image: string) {
    return inspectImage(this.daemon, image);
  }

  history(image: string) {
    return history(this.daemon, image);
  }

  tag(source: string, target: string) {
    return tag(this.daemon, source, target);
  }

  removeImage(image: string, asked?: RemoveImageOptions) {
    return removeImage(this.daemon, image, asked);
  }

  /** An image whose configuration and layers lie in the content store already. */
  addImage(config: Uint8Array, asked?: Parameters<typeof addImage>[2]) {
    return addImage(this.daemon, config, asked);
  }

  importImage(tar: Uint8Array, source: string, asked?: ImportOptions) {
    return importImage(this.daemon, tar, source, asked);
  }

  save(images: readonly string[]) {
    return save(this.daemon, images);
  }

  load(archive: Uint8Array) {
    return load(this.daemon, archive);
  }

  pull(reference: string, progress?: PullProgress) {
    return pull(this.daemon, reference, progress);
  }

  push(reference: string, progress?: PushProgress) {
    return push(this.daemon, reference, progress);
  }

  pruneImages(filters?: Filters, all?: boolean) {
    return pruneImages(this.daemon, filters, all);
  }

  // Volumes, networks, the whole

  createVolume(asked: CreateVolumeOptions) {
    return createVolume(this.daemon, asked);
  }

  removeVolume(name: string, asked: { readonly force?: boolean } = {}) {
    return removeVolume(this.daemon, name, asked);
  }

  volume(name: string) {
    return findVolume(this.daemon, name);
  }

  volumeSize(name: string) {
    return volumeSize(this.daemon, findVolume(this.daemon, name));
  }

  inspectVolume(name: string) {
    return inspectVolume(this.daemon, name);
  }

  createNetwork(asked: CreateNetworkOptions) {
    return createNetwork(this.daemon, asked);
  }

  removeNetwork(network: string) {
    return removeNetwork(this.daemon, network);
  }

  network(reference: string) {
    return findNetwork(this.daemon, reference);
  }

  inspectNetwork(network: string) {
    return inspectNetwork(this.daemon, network);
  }

  connectNetwork(network: string, container: string, asked?: EndpointRequest) {
    return connectNetwork(this.daemon, network, container, asked);
  }

  disconnectNetwork(network: string, container: string) {
    return disconnectNetwork(this.daemon, network, container);
  }

  pruneContainers(filters?: Filters) {
    return pruneContainers(this.daemon, filters);
  }

  pruneVolumes(filters?: Filters) {
    return pruneVolumes(this.daemon, filters);
  }

  pruneNetworks(filters?: Filters) {
    return pruneNetworks(this.daemon, filters);
  }

  pruneCache() {
    return pruneCache(this.daemon);
  }

  diskUsage() {
    return diskUsage(this.daemon);
  }

  info() {
    return info(this.daemon);
  }

  version() {
    return versionInfo(this.daemon);
  }
}

export function createEngine(options: EngineOptions): Engine {
  const daemon = new Daemon(options);
  ensureNetworks(daemon);
  return new Engine(daemon);
}
