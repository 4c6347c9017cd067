import type { ContainerStats } from '../../engine';
import { printTable, type TableKind } from '../format/table';
import { type Command, out } from '../invocation';
import { bytesSize, humanSize } from '../size';

const table: TableKind = {
  headings: {
    ID: 'CONTAINER ID',
    Container: 'CONTAINER',
    Name: 'NAME',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
  columns: ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
  type: '*container.statsContext',
  json: ['BlockIO', 'CPUPerc', 'Container', 'ID', 'MemPerc', 'MemUsage', 'Name', 'NetIO', 'PIDs'],
};

/** `docker stats`: one look with `--no-stream`, else again every second until Ctrl-C. */
export const stats: Command = async (call) => {
  const { engine, flags, args, process } = call;
  let over = false;
  const stop = new AbortController();
  process.onSignal('INT', () => {
    over = true;
    stop.abort();
  });
  do {
    const names = args.length ? args : engine.list({ all: flags.on('all') }).map(({ record }) => record.id);
    const rows = names.map((name) => row(engine.stats(name), name, !flags.on('no-trunc')));
    const clear = flags.on('no-stream') || process.stdout.kind !== 'terminal' ? '' : '\x1b[H\x1b[J';
    await out(call, clear + printTable(table, flags.text('format'), rows));
    if (!flags.on('no-stream')) await engine.clock.sleep(1000, stop.signal);
  } while (!over && !flags.on('no-stream'));
  return 0;
};

function row({ record, usage, memoryLimit, lifetime }: ContainerStats, asked: string, truncate: boolean) {
  const cpu = usage && lifetime > 0 ? (usage.cpu / lifetime) * 100 : 0;
  const memory = usage?.memory ?? 0;
  const limit = usage ? memoryLimit : 0;
  return {
    ID: () => (truncate ? record.id.slice(0, 12) : record.id),
    Container: () => asked,
    Name: () => record.name,
    CPUPerc: () => `${cpu.toFixed(2)}%`,
    MemUsage: () => `${bytesSize(memory)} / ${bytesSize(limit)}`,
    MemPerc: () => `${(limit ? (memory / limit) * 100 : 0).toFixed(2)}%`,
    NetIO: () => `${humanSize(usage?.received ?? 0, 3)} / ${humanSize(usage?.sent ?? 0, 3)}`,
    BlockIO: () => `${humanSize(usage?.blockRead ?? 0, 3)} / ${humanSize(usage?.blockWritten ?? 0, 3)}`,
    PIDs: () => String(usage?.pids ?? 0),
  };
}
