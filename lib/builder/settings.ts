import type { Healthcheck, Port } from '../dockerfile';
import type { ImageConfig, ImageSettings } from '../image';

/** An image's settings while a stage is planned. */
export type Settings = { -readonly [Field in keyof ImageSettings]: ImageSettings[Field] };

export const defaultShell: readonly string[] = ['/bin/sh', '-c'];

/** What a stage begins with: the base image's settings. */
export function settingsOf(config: ImageConfig): Settings {
  return structuredClone(config.config ?? {}) as Settings;
}

export function environmentOf(settings: Settings): Map<string, string> {
  const pairs = (settings.Env ?? []).map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return new Map(pairs);
}

export function environmentList(environment: ReadonlyMap<string, string>): string[] {
  return Array.from(environment, ([key, value]) => `${key}=${value}`);
}

export function withPorts(settings: Settings, ports: readonly Port[]): void {
  settings.ExposedPorts = Object.assign(
    settings.ExposedPorts ?? {},
    Object.fromEntries(ports.map((port) => [port, {}])),
  );
}

export function healthcheckOf({ test, interval, timeout, startPeriod, startInterval, retries }: Healthcheck) {
  const fields = {
    Test: test,
    Interval: interval,
    Timeout: timeout,
    StartPeriod: startPeriod,
    StartInterval: startInterval,
    Retries: retries,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
