/** Every applet by its name. */
import type { Applet } from '../run';
import { cat } from './cat';
import { chmod } from './chmod';
import { chgrp, chown } from './chown';
import { cp } from './cp';
import { mkdir, rmdir } from './directories';
import { cut, tr } from './fields';
import { find } from './find';
import { grep } from './grep';
import { head, tail } from './head-tail';
import { comm, expand, fold, nl, paste, rev, shuf, split, tac, unexpand, uniq } from './lines';
import { link, ln, readlink, realpath, unlink } from './links';
import { ls } from './ls';
import * as facts from './machine-facts';
import { mv } from './mv';
import * as people from './people';
import { kill, killall, pgrep, pidof, ps, top, watch } from './processes';
import { rm } from './rm';
import * as runners from './runners';
import { sort } from './sort';
import { stat } from './stat';
import { touch } from './touch';
import { df, du } from './usage-of-disks';
import { wc } from './wc';

const {
  arch,
  cal,
  clear,
  date,
  free,
  hostname,
  mount,
  nproc,
  reset,
  sleep,
  stty,
  sync,
  tty,
  umount,
  uname,
  uptime,
  usleep,
  who,
} = facts;
const { addgroup, adduser, deluser, groups, id, logname, passwd, su, whoami } = people;
const { chroot, env, nice, nohup, printenv, time, timeout, which, xargs } = runners;

// biome-ignore format: a list to be read as one
const table: Record<string, Applet> = {
  addgroup, adduser, arch, cal, cat, chgrp, chmod, chown, chroot, clear, comm, cp, cut, date, delgroup: deluser, deluser, df, du, egrep: grep, env, expand,
  fgrep: grep, find, fold, free, grep, groups, head, hostname, id, ionice: nice, kill, killall, link, ln, logname, ls, mkdir, mount, mv, nice, nl, nohup, nproc,
  passwd, paste, pgrep, pidof, pkill: pgrep, printenv, ps, readlink, realpath, reset, rev, rm, rmdir, setsid: nice, shuf, sleep, sort, split, stat, stty, su, sync,
  tac, tail, time, timeout, top, touch, tr, tty, umount, uname, unexpand, uniq, unlink, uptime, usleep, watch, wc, which, who, whoami, xargs,
};

export const applets: Readonly<Record<string, Applet>> = Object.assign(Object.create(null), table);

export const appletNames: readonly string[] = Object.keys(table).sort();
