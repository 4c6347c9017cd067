import type { Engine } from '../../engine';
import { Failure } from '../../errors';
import { type Json, printInspected } from '../format/inspected';
import type { Command } from '../invocation';
import { CommandError } from '../usage-error';

export const containerInspect: Command = (call) =>
  printInspected(call, call.args, (name) => call.engine.inspectContainer(name, { size: call.flags.on('size') }));

export const imageInspect: Command = (call) => {
  if (call.flags.has('platform'))
    throw new Failure('unsupported', 'docker image inspect --platform is not supported by Dockerland.');
  return printInspected(call, call.args, (name) => call.engine.inspectImage(name));
};

export const volumeInspect: Command = (call) =>
  printInspected(call, call.args, (name) => call.engine.inspectVolume(name));

export const networkInspect: Command = (call) =>
  printInspected(call, call.args, (name) => call.engine.inspectNetwork(name));

type Finder = (engine: Engine, name: string, size: boolean) => Json;

/** In the order in which Docker looks when no type is given. */
const finders: Readonly<Record<string, Finder>> = {
  container: (engine, name, size) => engine.inspectContainer(name, { size }),
  image: (engine, name) => engine.inspectImage(name),
  network: (engine, name) => engine.inspectNetwork(name),
  volume: (engine, name) => engine.inspectVolume(name),
};

const elsewhere = ['node', 'service', 'task', 'plugin', 'secret', 'config'];

/** `docker inspect`: whatever has that name. */
export const inspect: Command = (call) => {
  const { flags, engine } = call;
  const type = flags.text('type');
  const size = flags.on('size');
  if (flags.has('type') && !type)
    throw new CommandError(
      'type is empty: must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"',
    );
  if (elsewhere.includes(type))
    throw new Failure('unsupported', `docker inspect --type ${type} is not supported by Dockerland.`);
  if (type && !finders[type])
    throw new CommandError(
      `unknown type: ${JSON.stringify(type)}: must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"`,
    );
  return printInspected(call, call.args, (name) =>
    type ? finders[type]!(engine, name, size) : anything(engine, name, size),
  );
};

function anything(engine: Engine, name: string, size: boolean): Json {
  for (const find of Object.values(finders)) {
    try {
      return find(engine, name, size);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
    }
  }
  throw new CommandError(`Error: No such object: ${name}`);
}
