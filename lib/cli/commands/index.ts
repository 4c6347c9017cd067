import { Failure } from '../../errors';
import type { Command } from '../invocation';
import type { Declared } from '../table/declare';
import { attach } from './attach';
import { build } from './build';
import { builderPrune } from './builder-prune';
import { buildxList, buildxVersion } from './buildx';
import { commit } from './commit';
import { contextInspect, contextList, contextShow, contextUse } from './context';
import { copy } from './cp';
import { create } from './create';
import { df } from './df';
import { diff } from './diff';
import { events } from './events';
import { exec } from './exec';
import { exportContainer } from './export';
import { history } from './history';
import { images } from './images';
import { importImage } from './import';
import { info } from './info';
import { containerInspect, imageInspect, inspect, networkInspect, volumeInspect } from './inspect';
import { kill } from './kill';
import { load } from './load';
import { logs } from './logs';
import { networkConnect, networkCreate, networkDisconnect, networkList, networkRemove } from './network';
import { pause } from './pause';
import { pluginList } from './plugin';
import { port } from './port';
import { containerPrune, imagePrune, networkPrune, systemPrune, volumePrune } from './prune';
import { ps } from './ps';
import { pull } from './pull';
import { push } from './push';
import { login, logout, search } from './registry';
import { rename } from './rename';
import { restart } from './restart';
import { rm } from './rm';
import { rmi } from './rmi';
import { run } from './run';
import { save } from './save';
import { start } from './start';
import { stats } from './stats';
import { stop } from './stop';
import { tag } from './tag';
import { top } from './top';
import { unpause } from './unpause';
import { update } from './update';
import { version } from './version';
import { volumeCreate, volumeList, volumeRemove, volumeUpdate } from './volume';
import { wait } from './wait';

/** What each declared command does, by its full name. */
const commands: Readonly<Record<string, Command>> = {
  'builder prune': builderPrune,
  'buildx ls': buildxList,
  'buildx version': buildxVersion,
  'container attach': attach,
  'container commit': commit,
  'container cp': copy,
  'container create': create,
  'container diff': diff,
  'container exec': exec,
  'container export': exportContainer,
  'container inspect': containerInspect,
  'container kill': kill,
  'container logs': logs,
  'container ls': ps,
  'container pause': pause,
  'container port': port,
  'container prune': containerPrune,
  'container rename': rename,
  'container restart': restart,
  'container rm': rm,
  'container run': run,
  'container start': start,
  'container stats': stats,
  'container stop': stop,
  'container top': top,
  'container unpause': unpause,
  'container update': update,
  'container wait': wait,
  'context inspect': contextInspect,
  'context ls': contextList,
  'context show': contextShow,
  'context use': contextUse,
  'image build': build,
  'image history': history,
  'image import': importImage,
  'image inspect': imageInspect,
  'image load': load,
  'image ls': images,
  'image prune': imagePrune,
  'image pull': pull,
  'image push': push,
  'image rm': rmi,
  'image save': save,
  'image tag': tag,
  inspect,
  login,
  logout,
  'plugin ls': pluginList,
  'network connect': networkConnect,
  'network create': networkCreate,
  'network disconnect': networkDisconnect,
  'network inspect': networkInspect,
  'network ls': networkList,
  'network prune': networkPrune,
  'network rm': networkRemove,
  search,
  'system df': df,
  'system events': events,
  'system info': info,
  'system prune': systemPrune,
  version,
  'volume create': volumeCreate,
  'volume inspect': volumeInspect,
  'volume ls': volumeList,
  'volume prune': volumePrune,
  'volume rm': volumeRemove,
  'volume update': volumeUpdate,
};

const managed = /^(service|node|stack|secret|config|swarm (ca|join-token|unlock-key|update))\b/;

/** Commands of a cluster: this engine is in none, and says so as Docker does. */
const notManager: Command = () =>
  Promise.reject(
    new Failure(
      'forbidden',
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    ),
  );

/** Whether this computer does it at all. */
export function isSimulated(command: Declared): boolean {
  return commands[command.paths[0]!] !== undefined && !['login', 'search', 'volume update'].includes(command.paths[0]!);
}

/** What Docker has and this computer does not: one sentence, exit code 1, never an imitation. */
export function commandFor(command: Declared): Command {
  const [path = ''] = command.paths;
  const known = commands[path];
  if (known) return known;
  if (managed.test(path)) return notManager;
  const sentence = path.startsWith('checkpoint ')
    ? `docker ${path} is only supported on a Docker daemon with experimental features enabled`
    : `docker ${path} is not supported by Dockerland.`;
  return () => Promise.reject(new Failure('unsupported', sentence));
}
