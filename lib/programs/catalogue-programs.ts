/** Programs that are no busybox applets, by the id in their executable file. */
import { curl } from './applets/network/curl';
import { getent } from './applets/network/names';
import { edit } from './applets/screens';
import { shell } from './applets/shell';
import { column, join, jq } from './applets/text-tools';
import type { Applet } from './run';
import { apk } from './services/apk';
import { apt, dpkg } from './services/apt';
import { cowsay, groupadd, sudo, tini, tree, unplayed, useradd, userdel, usermod } from './services/extras';
import { hello } from './services/hello';
import { nginx } from './services/nginx';
import { node } from './services/node';
import { npm } from './services/npm';
import { pip } from './services/pip';
import { pgIsReady, psql } from './services/postgres/psql';
import { postgres } from './services/postgres/server';
import { python } from './services/python';
import { redisCli, redisServer } from './services/redis';
import { httpd } from './services/static-servers';

/** Found in the gnu-flavoured images only, as `gnu:NAME`. */
// biome-ignore format: a list to be read as one
export const gnuOnly: Readonly<Record<string, Applet>> = {
  column, curl, getent, groupadd, join, jq, nano: edit, tree, useradd, userdel, usermod, vim: edit,
};

/** Programs with an executable of their own: shells, services, package managers. They speak gnu's dialect. */
// biome-ignore format: a list to be read as one
export const programs: Readonly<Record<string, Applet>> = {
  apk, apt, 'apt-cache': apt, 'apt-get': apt, bash: shell, cowsay, curl, dash: shell, dpkg, 'dpkg-query': dpkg, hello, httpd, jq, nano: edit, nginx, node, npm, npx: unplayed('npx'), pg_isready: pgIsReady, pip, postgres, psql, python,
  'redis-cli': redisCli, 'redis-server': redisServer, sudo, tini, tree, vim: edit,
};

/** The program of an id; `unplayed:NAME` is one that only says so. */
export function catalogueProgram(id: string): Applet | undefined {
  return id.startsWith('unplayed:') ? unplayed(id.slice(9)) : programs[id];
}
