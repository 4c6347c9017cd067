import type { Filters, RemovedImage } from '../../engine';
import { formatTime } from '../../engine';
import { filtersFrom } from '../filters';
import { type Command, type Invocation, out } from '../invocation';
import { momentOf } from '../moment';
import { consent } from '../prompt';
import { humanSize } from '../size';
import { CommandError } from '../usage-error';

/** `until` as the engine wants it: a time. */
function pruneFilters(call: Invocation): Filters {
  const filters = filtersFrom(call.flags);
  if (!filters.until) return filters;
  const now = call.engine.clock.now();
  return {
    ...filters,
    until: filters.until.map((text) => {
      const at = momentOf(text, now);
      return at === undefined ? text : formatTime(at);
    }),
  };
}

const total = (bytes: number) => `Total reclaimed space: ${humanSize(bytes)}\n`;

async function listed(call: Invocation, title: string, lines: readonly string[]): Promise<void> {
  if (lines.length) await out(call, `${title}\n${lines.map((line) => `${line}\n`).join('')}\n`);
}

export const containerPrune: Command = async (call) => {
  if (!(await consent(call, 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?')))
    return 0;
  const { removed, reclaimed } = await call.engine.pruneContainers(pruneFilters(call));
  await listed(call, 'Deleted Containers:', removed);
  await out(call, total(reclaimed));
  return 0;
};

const imageLine = (row: RemovedImage) => ('untagged' in row ? `untagged: ${row.untagged}` : `deleted: ${row.deleted}`);

export const imagePrune: Command = async (call) => {
  const all = call.flags.on('all');
  const what = all ? 'all images without at least one container associated to them' : 'all dangling images';
  if (!(await consent(call, `WARNING! This will remove ${what}.\nAre you sure you want to continue?`))) return 0;
  const { removed, reclaimed } = call.engine.pruneImages(pruneFilters(call), all);
  await listed(call, 'Deleted Images:', removed.map(imageLine));
  await out(call, total(reclaimed));
  return 0;
};

export const volumePrune: Command = async (call) => {
  const { flags } = call;
  const filters = pruneFilters(call);
  if (flags.on('all') && filters.all)
    throw new CommandError('conflicting options: cannot specify both --all and --filter all=1');
  const what = flags.on('all')
    ? 'all local volumes not used by at least one container'
    : 'anonymous local volumes not used by at least one container';
  if (!(await consent(call, `WARNING! This will remove ${what}.\nAre you sure you want to continue?`))) return 0;
  const { removed, reclaimed } = call.engine.pruneVolumes(flags.on('all') ? { ...filters, all: ['true'] } : filters);
  await listed(call, 'Deleted Volumes:', removed);
  await out(call, total(reclaimed));
  return 0;
};

export const networkPrune: Command = async (call) => {
  if (
    !(await consent(
      call,
      'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue?',
    ))
  )
    return 0;
  const { removed } = call.engine.pruneNetworks(pruneFilters(call));
  await listed(call, 'Deleted Networks:', removed);
  return 0;
};

export const systemPrune: Command = async (call) => {
  const { engine, flags } = call;
  const all = flags.on('all');
  const parts = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(flags.on('volumes') ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ];
  if (
    !(await consent(
      call,
      `WARNING! This will remove:\n${parts.map((part) => `  - ${part}\n`).join('')}\nAre you sure you want to continue?`,
    ))
  )
    return 0;
  const filters = pruneFilters(call);
  const containers = await engine.pruneContainers(filters);
  await listed(call, 'Deleted Containers:', containers.removed);
  await listed(call, 'Deleted Networks:', engine.pruneNetworks(filters).removed);
  const { until: _until, ...withoutUntil } = filters;
  const volumes = flags.on('volumes') ? engine.pruneVolumes(withoutUntil) : { removed: [], reclaimed: 0 };
  await listed(call, 'Deleted Volumes:', volumes.removed);
  const images = engine.pruneImages(filters, all);
  await listed(call, 'Deleted Images:', images.removed.map(imageLine));
  const cache = engine.pruneCache();
  await listed(call, 'Deleted build cache objects:', cache.removed);
  await out(call, total(containers.reclaimed + volumes.reclaimed + images.reclaimed + cache.reclaimed));
  return 0;
};
