/** A cluster of databases: how it is kept below PGDATA, and what it answers to a request. */
import { makeAll } from '../../applets/directories';
import { formatTime } from '../../calendar';
import type { Run } from '../../run';
import { decode, encode } from '../../text';
import { execute } from '../sql/execute';
import type { Database } from '../sql/values';
import { SqlFault } from '../sql/words';
import { type Answer, type Request, version } from './protocol';

export interface Cluster {
  password: string;
  user: string;
  databases: Record<string, Database>;
}

/** A cluster and the folder that it is kept in. */
export interface Kept {
  readonly cluster: Cluster;
  readonly save: () => Promise<void>;
}

export const longVersion = `PostgreSQL ${version} (Dockerland replica) on x86_64-pc-linux-gnu`;

const fileOf = (folder: string) => `${folder}/dockerland.json`;

export function load(run: Run, folder: string): Cluster | undefined {
  const file = fileOf(folder);
  return run.fs.exists(file) ? (JSON.parse(decode(run.fs.readFile(file))) as Cluster) : undefined;
}

/** Saves are made one after the other: they write the same file. */
export function keep(run: Run, folder: string, cluster: Cluster): Kept {
  let saved = Promise.resolve();
  const write = () => run.writeFile(fileOf(folder), encode(JSON.stringify(cluster)), 0o600);
  const save = () => {
    makeAll(run, folder);
    saved = saved.catch(() => undefined).then(write);
    return saved;
  };
  return { cluster, save };
}

export function answerTo(run: Run, cluster: Cluster, { user, database, sql, list }: Request): Answer {
  const tables = cluster.databases[database];
  if (!tables) return { error: `database "${database}" does not exist`, fatal: true };
  if (list || sql === undefined)
    return { catalogue: { databases: Object.keys(cluster.databases), tables, user: cluster.user } };
  const made = /^\s*(create|drop)\s+database\s+(?:if\s+exists\s+)?"?(\w+)"?\s*;?\s*$/i.exec(sql);
  if (made) return changeDatabases(cluster, made[1]!.toLowerCase(), made[2]!);
  const now = () => formatTime('%F %T.%N+00', run.process.system.clock.now()).replace(/(\.\d{6})\d{3}/, '$1');
  try {
    return { outcome: execute(tables, { database, user, version: longVersion, now }, sql) };
  } catch (error) {
    if (error instanceof SqlFault) return { error: error.message, detail: error.detail };
    throw error;
  }
}

function changeDatabases(cluster: Cluster, verb: string, name: string): Answer {
  const there = cluster.databases[name] !== undefined;
  if (verb === 'create' && there) return { error: `database "${name}" already exists` };
  if (verb === 'drop' && !there) return { error: `database "${name}" does not exist` };
  if (verb === 'create') cluster.databases[name] = {};
  else delete cluster.databases[name];
  return { outcome: { tag: `${verb.toUpperCase()} DATABASE`, changed: true } };
}
