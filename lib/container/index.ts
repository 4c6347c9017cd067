export type {
  ContainerConfig, ContainerId, ContainerRecord, ContainerState, Endpoint, Health, Healthcheck, HostConfig, ImageId, MountPoint, SnapshotKey, Time,
} from './record';
