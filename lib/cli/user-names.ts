import type { Engine } from '../engine';

/** Names of user ids as the host knows them: it is the host's `ps` that `docker top` runs. */
export function userNames(_engine: Engine, _container: string): (uid: number) => string {
  const known: Readonly<Record<number, string>> = { 0: 'root', 1: 'daemon', 33: 'www-data', 65534: 'nobody' };
  return (uid) => known[uid] ?? String(uid);
}
