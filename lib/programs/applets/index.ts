/** Every applet by its name. */
import type { Applet } from '../run';
import { cat } from './cat';
import { cp } from './cp';
import { mkdir, rmdir } from './directories';
import { link, ln, readlink, realpath, unlink } from './links';
import { ls } from './ls';
import { mv } from './mv';
import { rm } from './rm';

export const applets: Readonly<Record<string, Applet>> = Object.assign(Object.create(null), {
  cat,
  cp,
  link,
  ln,
  ls,
  mkdir,
  mv,
  readlink,
  realpath,
  rm,
  rmdir,
  unlink,
} satisfies Record<string, Applet>);

export const appletNames: readonly string[] = Object.keys(applets).sort();
