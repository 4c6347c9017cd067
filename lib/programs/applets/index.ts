/** Every applet by its name. */
import { awk } from '../awk/awk';
import type { Applet } from '../run';
import { busyboxHttpd } from '../services/busybox-httpd';
import { cat } from './cat';
import { checksum } from './checksums';
import { chmod } from './chmod';
import { chgrp, chown } from './chown';
import { cp } from './cp';
import { diff } from './diff';
import { mkdir, rmdir } from './directories';
import { base64, hexdump, od, strings, xxd } from './dumps';
import { cut, tr } from './fields';
import { cmp, dd, install, mkfifo, mknod, truncate } from './files';
import { find } from './find/find';
import { grep } from './grep';
import { gzip } from './gzip';
import { head, tail } from './head-tail';
import { comm, expand, fold, nl, paste, rev, shuf, split, tac, unexpand, uniq } from './lines';
import { link, ln, readlink, realpath, unlink } from './links';
import { ls } from './ls';
import * as facts from './machine-facts';
import { mv } from './mv';
import { ifconfig, ip, route } from './network/interfaces';
import { nslookup } from './network/names';
import { nc } from './network/nc';
import { ping } from './network/ping';
import { wget } from './network/wget';
import * as people from './people';
import { kill, killall, pgrep, pidof, ps, top, watch } from './processes';
import { rm } from './rm';
import * as runners from './runners';
import { edit, pager } from './screens';
import { sed } from './sed/sed';
import { shell, shellCommand } from './shell';
import * as small from './small';
import { sort } from './sort';
import { stat } from './stat';
import { tar } from './tar';
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

const { basename, dirname, expr, mktemp, nologin, pwd, seq, tee, yes } = small;

// biome-ignore format: a list to be read as one
const table: Record<string, Applet> = {
  '[': shellCommand, '[[': shellCommand, addgroup, adduser, arch, ash: shell, awk, base64, basename, cal, cat, chgrp, chmod, chown, chroot, clear, cmp, comm, cp, cut, date,
  dd, delgroup: deluser, deluser, df, diff, dirname, du, echo: shellCommand, egrep: grep, env, expand, expr, false: small.fail, fgrep: grep, find, fold, free,
  grep, groups, gunzip: gzip, gzip, hd: hexdump, head, hexdump, hostname, httpd: busyboxHttpd, id, ifconfig, install, ionice: nice, ip, kill, killall, less: pager, link, ln, logname,
  ls, md5sum: checksum, mkdir, mkfifo, mknod, mktemp, more: pager, mount, mv, nc, nice, nl, nohup, nologin, nproc, nslookup, od, passwd, paste, pgrep, pidof, ping,
  pkill: pgrep, printenv, printf: shellCommand, ps, pwd, readlink, realpath, reset, rev, rm, rmdir, route, sed, seq, setsid: nice, sh: shell, sha1sum: checksum,
  sha256sum: checksum, sha512sum: checksum, shuf, sleep, sort, split, stat, strings, stty, su, sync, tac, tail, tar, tee, test: shellCommand, time, timeout, top,
  touch, tr, true: small.succeed, truncate, tty, umount, uname, unexpand, uniq, unlink, uptime, usleep, vi: edit, watch, wc, wget, which, who, whoami, xargs, xxd,
  yes, zcat: gzip,
};

export const applets: Readonly<Record<string, Applet>> = Object.assign(Object.create(null), table);

export const appletNames: readonly string[] = Object.keys(table).sort();
