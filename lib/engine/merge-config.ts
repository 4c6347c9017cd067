import type { ContainerConfig } from '../container';
import type { ImageSettings } from './image-config';

/**
 * A container's configuration: what the person asked for, filled up from the image's. Lists and maps are joined (the
 * person's wins), single values are taken when the person said nothing. An entrypoint given on the command line also drops
 * the image's command. (moby, daemon/commit.go `merge`)
 */
export function mergeConfig(asked: ContainerConfig, image: ImageSettings): ContainerConfig {
  const ownEntrypoint = (asked.Entrypoint?.length ?? 0) > 0;
  const cmd = !ownEntrypoint && !asked.Cmd?.length ? (image.Cmd ?? asked.Cmd) : asked.Cmd;
  const entrypoint = asked.Entrypoint === null ? (image.Entrypoint ?? null) : asked.Entrypoint;
  return {
    ...asked,
    User: asked.User || image.User || '',
    ExposedPorts: joined(image.ExposedPorts, asked.ExposedPorts),
    Env: mergeEnv(asked.Env ?? [], image.Env ?? []),
    Cmd: cmd ?? null,
    Entrypoint: entrypoint?.length === 1 && entrypoint[0] === '' ? null : entrypoint,
    WorkingDir: asked.WorkingDir || image.WorkingDir || '',
    Labels: { ...image.Labels, ...asked.Labels },
    Volumes: joined(image.Volumes, asked.Volumes) ?? null,
    Healthcheck: mergeHealthcheck(asked.Healthcheck, image.Healthcheck),
    StopSignal: asked.StopSignal || image.StopSignal,
    Shell: asked.Shell ?? image.Shell ?? undefined,
    OnBuild: image.OnBuild?.length ? image.OnBuild : null,
  };
}

function joined<T>(
  below: Readonly<Record<string, T>> | null | undefined,
  above: Readonly<Record<string, T>> | null | undefined,
) {
  const all = { ...below, ...above };
  return Object.keys(all).length ? all : undefined;
}

/** The person's variables first, then those of the image that they did not set. */
export function mergeEnv(asked: readonly string[], image: readonly string[]): string[] {
  const names = new Set(asked.map((pair) => pair.split('=', 1)[0]));
  return [...asked, ...image.filter((pair) => !names.has(pair.split('=', 1)[0]))];
}

function mergeHealthcheck(asked: ContainerConfig['Healthcheck'], image: ContainerConfig['Healthcheck']) {
  if (!asked) return image;
  if (!image) return asked;
  return {
    Test: asked.Test?.length ? asked.Test : image.Test,
    Interval: asked.Interval || image.Interval,
    Timeout: asked.Timeout || image.Timeout,
    StartPeriod: asked.StartPeriod || image.StartPeriod,
    StartInterval: asked.StartInterval || image.StartInterval,
    Retries: asked.Retries || image.Retries,
  };
}
