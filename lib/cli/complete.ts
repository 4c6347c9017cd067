import type { Engine } from '../engine';
import { childrenOf, findCommand, groups } from './table';

/**
 * What may stand where the cursor is: commands, flags, and names of what the engine has. `words` are those after `docker`,
 * the last one being begun (perhaps empty). Paths are the shell's to complete.
 */
export function complete(words: readonly string[], engine: Engine): string[] {
  const begun = words.at(-1) ?? '';
  const before = words.slice(0, -1).filter((word) => !word.startsWith('-'));
  const found = candidates(before, begun, engine).filter((one) => one.startsWith(begun));
  return [...new Set(found)].sort();
}

function candidates(before: readonly string[], begun: string, engine: Engine): string[] {
  for (let count = Math.min(3, before.length); count > 0; count--) {
    const path = before.slice(0, count).join(' ');
    const command = findCommand(path);
    if (command) {
      if (begun.startsWith('-')) return command.flags.map((flag) => `--${flag.name}`);
      return names(command.paths[0]!, before.length - count, engine);
    }
    if (groups[path] !== undefined) return childrenOf(path).map((child) => child.name);
  }
  if (before.length) return [];
  return begun.startsWith('-') ? [] : childrenOf('').map((child) => child.name);
}

const running = new Set(
  ['attach', 'exec', 'kill', 'pause', 'stop', 'top', 'stats', 'port'].map((verb) => `container ${verb}`),
);
const stopped = new Set(['container start']);

function names(command: string, argument: number, engine: Engine): string[] {
  const [group] = command.split(' ');
  const containers = [...engine.state.containers.values()];
  const active = (state: string) => state === 'running' || state === 'paused';
  if (command === 'container run' || command === 'container create') return argument === 0 ? images(engine) : [];
  if (command === 'container exec' && argument > 0) return [];
  if (command === 'container unpause')
    return containers.filter(({ state }) => state.state === 'paused').map(({ name }) => name);
  if (running.has(command)) return containers.filter(({ state }) => active(state.state)).map(({ name }) => name);
  if (stopped.has(command)) return containers.filter(({ state }) => !active(state.state)).map(({ name }) => name);
  if (command === 'network connect' || command === 'network disconnect')
    return argument === 0 ? networks(engine) : containers.map(({ name }) => name);
  if (group === 'container') return containers.map(({ name }) => name);
  if (group === 'image') return images(engine);
  if (group === 'volume') return [...engine.state.volumes.keys()];
  if (group === 'network') return networks(engine);
  return command === 'inspect'
    ? [...containers.map(({ name }) => name), ...images(engine), ...engine.state.volumes.keys(), ...networks(engine)]
    : [];
}

function images(engine: Engine): string[] {
  return engine.listImages().flatMap(({ tags }) => tags);
}

function networks(engine: Engine): string[] {
  return [...engine.state.networks.values()].map(({ name }) => name);
}
