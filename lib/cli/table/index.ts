import { builderCommands } from './builder';
import { buildxCommands } from './buildx';
import { checkpointCommands } from './checkpoint';
import { containerCommands } from './container';
import { contextCommands } from './context';
import type { Declared } from './declare';
import { imageCommands } from './image';
import { manifestCommands } from './manifest';
import { networkCommands } from './network';
import { pluginCommands } from './plugin';
import { registryCommands } from './registry';
import { serviceCommands } from './service';
import { shortTexts } from './short-texts';
import { swarmCommands } from './swarm';
import { systemCommands } from './system';
import { trustCommands } from './trust';
import { volumeCommands } from './volume';

/** Every command, declared once. */
export const commands: readonly Declared[] = [
  ...containerCommands,
  ...imageCommands,
  ...registryCommands,
  ...systemCommands,
  ...builderCommands,
  ...buildxCommands,
  ...checkpointCommands,
  ...contextCommands,
  ...manifestCommands,
  ...networkCommands,
  ...pluginCommands,
  ...trustCommands,
  ...volumeCommands,
  ...swarmCommands,
  ...serviceCommands,
];

/** What groups of commands are for. */
export const groups: Readonly<Record<string, string>> = {
  builder: 'Manage builds',
  buildx: 'Docker Buildx',
  checkpoint: 'Manage checkpoints',
  config: 'Manage Swarm configs',
  container: 'Manage containers',
  context: 'Manage contexts',
  image: 'Manage images',
  manifest: 'Manage Docker image manifests and manifest lists',
  network: 'Manage networks',
  node: 'Manage Swarm nodes',
  plugin: 'Manage plugins',
  secret: 'Manage Swarm secrets',
  service: 'Manage Swarm services',
  stack: 'Manage Swarm stacks',
  swarm: 'Manage Swarm',
  system: 'Manage Docker',
  trust: 'Manage trust on Docker images',
  'trust key': 'Manage keys for signing Docker images',
  'trust signer': 'Manage entities who can sign Docker images',
  volume: 'Manage volumes',
};

export const commonCommands = [
  'run',
  'exec',
  'ps',
  'build',
  'bake',
  'pull',
  'push',
  'images',
  'login',
  'logout',
  'search',
  'version',
  'info',
];
export const swarmGroups = ['config', 'node', 'secret', 'service', 'stack', 'swarm'];

const byPath = new Map<string, Declared>();
for (const one of commands) for (const path of one.paths) byPath.set(path, one);

export function findCommand(path: string): Declared | undefined {
  return byPath.get(path);
}

/** Names directly below a group (or the root, ''), in order, aliases left out. */
export function childrenOf(
  group: string,
): { readonly name: string; readonly short: string; readonly group: boolean }[] {
  const depth = group ? group.split(' ').length : 0;
  const found = new Map<string, { name: string; short: string; group: boolean }>();
  for (const one of commands) {
    for (const path of namesShown(one)) {
      const words = path.split(' ');
      if (group && !path.startsWith(`${group} `)) continue;
      const name = words[depth]!;
      const sub = words.slice(0, depth + 1).join(' ');
      if (words.length > depth + 1) found.set(name, { name, short: groups[sub] ?? '', group: true });
      else if (!found.get(name)?.group)
        found.set(name, { name, short: shortTexts[one.paths[0]!] ?? one.short.split('\n')[0]!, group: false });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of `container ls, container list, container ps, ps`: the full name, and the short one at the root. */
function namesShown(one: Declared): string[] {
  return one.paths.filter(
    (path, at) => at === 0 || !path.includes(' ') || path.split(' ')[0] !== one.paths[0]!.split(' ')[0],
  );
}
