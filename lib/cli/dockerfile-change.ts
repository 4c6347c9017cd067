import type { ContainerConfig } from '../container';
import { Failure } from '../errors';

/** `--change` of commit and import: those Dockerfile instructions that only change the configuration. */
export function applyChanges(config: ContainerConfig, changes: readonly string[]): ContainerConfig {
  return changes.reduce(applyChange, config);
}

function applyChange(config: ContainerConfig, line: string): ContainerConfig {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  const text = rest.trim();
  switch (word.toUpperCase()) {
    case 'CMD':
      return { ...config, Cmd: execForm(text) ?? ['/bin/sh', '-c', text] };
    case 'ENTRYPOINT':
      return { ...config, Entrypoint: execForm(text) ?? ['/bin/sh', '-c', text] };
    case 'ENV':
      return { ...config, Env: Object.entries(assignments(text)).reduce(setEnv, [...(config.Env ?? [])]) };
    case 'LABEL':
      return { ...config, Labels: { ...config.Labels, ...assignments(text) } };
    case 'EXPOSE':
      return {
        ...config,
        ExposedPorts: {
          ...config.ExposedPorts,
          ...Object.fromEntries(text.split(/\s+/).map((port) => [port.includes('/') ? port : `${port}/tcp`, {}])),
        },
      };
    case 'USER':
      return { ...config, User: text };
    case 'VOLUME':
      return {
        ...config,
        Volumes: {
          ...config.Volumes,
          ...Object.fromEntries((execForm(text) ?? text.split(/\s+/)).map((path) => [path, {}])),
        },
      };
    case 'WORKDIR':
      return {
        ...config,
        WorkingDir: text.startsWith('/') ? text : `${config.WorkingDir || '/'}/${text}`.replace(/\/+/g, '/'),
      };
    case 'STOPSIGNAL':
      return { ...config, StopSignal: text };
    case 'ONBUILD':
      return { ...config, OnBuild: [...(config.OnBuild ?? []), text] };
    case 'HEALTHCHECK':
      return { ...config, Healthcheck: healthcheck(text) };
    default:
      throw new Failure('invalid', unknownInstruction(word));
  }
}

function unknownInstruction(word: string): string {
  return `${word.toUpperCase()} is not a valid change command`;
}

function healthcheck(text: string): ContainerConfig['Healthcheck'] {
  if (/^NONE$/i.test(text)) return { Test: ['NONE'] };
  const command = text.replace(/^(--\S+\s+)*CMD\s+/i, '');
  const list = execForm(command);
  return { Test: list ? ['CMD', ...list] : ['CMD-SHELL', command] };
}

function execForm(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}

/** `A=1 B="two words"`, or the old `A the rest`. */
function assignments(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!/^[^\s=]+=/.test(text)) {
    const [, name = '', value = ''] = /^(\S+)\s+([\s\S]*)$/.exec(text) ?? [];
    return name ? { [name]: value } : found;
  }
  for (const [, name = '', value = ''] of text.matchAll(
    /("[^"]*"|[^\s=]+)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*)/g,
  )) {
    found[unquote(name)] = unquote(value);
  }
  return found;
}

function unquote(text: string): string {
  return text.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_, double: string | undefined, single: string | undefined, escaped: string | undefined) =>
      double?.replace(/\\(["\\$])/g, '$1') ?? single ?? escaped ?? '',
  );
}

function setEnv(env: string[], [name, value]: [string, string]): string[] {
  const at = env.findIndex((pair) => pair.startsWith(`${name}=`));
  return at < 0 ? [...env, `${name}=${value}`] : env.with(at, `${name}=${value}`);
}
