/** busybox itself: picks the applet by the name it is run under, or by its first argument. */
import { appletNames, applets } from './applets';
import { runApplet } from './program';
import { type Applet, Run } from './run';
import { banner } from './usage';

export const busybox: Applet = async (run) => {
  if (!run.name.startsWith('busybox')) return dispatch(run, run.name, run.args);
  const [first, ...rest] = run.args;
  if (first === undefined || first === '--help') return introduce(run);
  if (first === '--list') return list(run, '');
  if (first === '--list-full') return list(run, 'bin/');
  if (first === '--install') return install(run, rest);
  return dispatch(run, first, rest);
};

async function dispatch(run: Run, name: string, args: readonly string[]): Promise<number> {
  const applet = applets[name];
  if (!applet) {
    await run.complain(`${name}: applet not found\n`);
    return 127;
  }
  return runApplet(applet, new Run(run.process, 'busybox', name, args, run.hosts));
}

async function introduce(run: Run): Promise<number> {
  await run.print(
    `${banner}Programs of this computer are simulated; this one stands for a busybox.\n\nUsage: busybox [function [arguments]...]\n` +
      `   or: busybox --list[-full]\n   or: busybox --install [-s] [DIR]\n   or: function [arguments]...\n\n` +
      `Currently defined functions:\n${wrap(appletNames)}`,
  );
  return 0;
}

/** Names in lines of at most 80 columns, after a tab. */
function wrap(names: readonly string[]): string {
  const lines = [''];
  for (const [at, name] of names.entries()) {
    const word = at < names.length - 1 ? `${name}, ` : name;
    if (lines.at(-1)!.length + word.length > 70) lines.push('');
    lines[lines.length - 1] += word;
  }
  return lines.map((line) => `\t${line.trimEnd()}\n`).join('');
}

async function list(run: Run, folder: string): Promise<number> {
  await run.print(appletNames.map((name) => `${folder}${name}\n`).join(''));
  return 0;
}

async function install(run: Run, args: readonly string[]): Promise<number> {
  const folder = args.find((word) => !word.startsWith('-')) ?? '/bin';
  const self = run.which('busybox') ?? '/bin/busybox';
  for (const name of appletNames) {
    const path = `${folder}/${name}`;
    if (run.fs.exists(path)) continue;
    if (args.includes('-s')) run.fs.symlink(self, path);
    else run.fs.link(self, path);
  }
  return 0;
}
