/** apk on the bundled index: it really adds files, and an unknown name fails as it should. */
import type { Run } from '../run';
import { encode } from '../text';
import { findPackage, mayWrite, nameIn, put, removeFiles, text, unpackInto, withDependencies } from './package-files';
import { packageIndex } from './package-index';

const installedFile = '/lib/apk/db/installed';

function apkInstalled(run: Run): { name: string; version: string }[] {
  return [...text(run, installedFile).matchAll(/^P:(.+)\nV:(.+)$/gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));
}

function apkSummary(run: Run): string {
  const count = apkInstalled(run).length;
  return `OK: ${Math.max(7, count + 1)} MiB in ${count} packages\n`;
}

export async function apk(run: Run): Promise<number> {
  const words = run.args.filter((word) => !word.startsWith('-'));
  const [verb, ...names] = words;
  if (run.args.includes('--version') || run.args.includes('-V'))
    return run.print('apk-tools 2.14.9, compiled for x86_64.\n').then(() => 0);
  if (verb === undefined)
    return run
      .print('apk-tools 2.14.9, compiled for x86_64.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n')
      .then(() => 1);
  if (['add', 'del', 'update', 'upgrade'].includes(verb) && !mayWrite(run)) {
    await run.complain(
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
    );
    return 99;
  }
  switch (verb) {
    case 'update':
      await apkFetch(run);
      await put(run, '/var/cache/apk/APKINDEX.main.tar.gz', encode('index\n'));
      return run
        .print(
          `v3.22.2 [https://dl-cdn.alpinelinux.org/alpine/v3.22/main]\nOK: ${packageIndex.length} distinct packages available (bundled with Dockerland)\n`,
        )
        .then(() => 0);
    case 'upgrade':
      await apkFetch(run);
      return run.print(apkSummary(run)).then(() => 0);
    case 'add':
      return apkAdd(run, names);
    case 'del':
      return apkDel(run, names);
    case 'info':
    case 'list':
      return apkInfo(run, names);
    case 'search':
      for (const item of packageIndex)
        if (item.versions[0] && (names.length === 0 || names.some((name) => nameIn(item, 'apk').includes(name))))
          await run.print(`${nameIn(item, 'apk')}-${item.versions[0]}\n`);
      return 0;
    default:
      return run.complain(`apk: unrecognized command '${verb}'\n`).then(() => 1);
  }
}

async function apkFetch(run: Run): Promise<void> {
  for (const part of ['main', 'community'])
    await run.print(`fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/${part}/x86_64/APKINDEX.tar.gz\n`);
}

async function apkAdd(run: Run, names: readonly string[]): Promise<number> {
  if (
    !run.fs.exists('/var/cache/apk/APKINDEX.main.tar.gz') ||
    run.args.includes('--no-cache') ||
    run.args.includes('-U')
  )
    await apkFetch(run);
  const wanted = names.map((name) => [name, findPackage(name.replace(/[=<>~@].*$/, ''), 'apk')] as const);
  const missing = wanted.filter(([, item]) => !item);
  if (missing.length > 0) {
    await run.complain(
      `ERROR: unable to select packages:\n${missing.map(([name]) => `  ${name} (no such package):\n    required by: world[${name}]\n`).join('')}`,
    );
    return missing.length;
  }
  const installed = new Set(apkInstalled(run).map(({ name }) => name));
  const fresh = wanted
    .flatMap(([, item]) => withDependencies(item!, 'apk'))
    .filter((item, at, all) => !installed.has(nameIn(item, 'apk')) && all.indexOf(item) === at);
  for (const [at, item] of fresh.entries()) {
    await run.print(`(${at + 1}/${fresh.length}) Installing ${nameIn(item, 'apk')} (${item.versions[0]})\n`);
    await run.process.tick();
    await unpackInto(run, item, 'apk');
    await run.appendFile(installedFile, encode(`P:${nameIn(item, 'apk')}\nV:${item.versions[0]}\n\n`));
  }
  const world = new Set(text(run, '/etc/apk/world').split('\n').filter(Boolean));
  for (const [, item] of wanted) world.add(nameIn(item!, 'apk'));
  await put(run, '/etc/apk/world', encode(`${[...world].sort().join('\n')}\n`));
  if (fresh.length > 0) await run.print('Executing busybox-1.37.0-r18.trigger\n');
  return run.print(apkSummary(run)).then(() => 0);
}

async function apkDel(run: Run, names: readonly string[]): Promise<number> {
  const installed = apkInstalled(run);
  const gone = names.filter((name) => installed.some((each) => each.name === name));
  for (const [at, name] of gone.entries()) {
    const item = findPackage(name, 'apk');
    await run.print(
      `(${at + 1}/${gone.length}) Purging ${name} (${installed.find((each) => each.name === name)!.version})\n`,
    );
    if (item)
      removeFiles(run, [...Object.keys(item.apkPrograms ?? item.programs ?? {}), ...Object.keys(item.files ?? {})]);
  }
  await put(
    run,
    installedFile,
    encode(
      installed
        .filter(({ name }) => !gone.includes(name))
        .map(({ name, version }) => `P:${name}\nV:${version}\n\n`)
        .join(''),
    ),
  );
  await put(
    run,
    '/etc/apk/world',
    encode(
      text(run, '/etc/apk/world')
        .split('\n')
        .filter((name) => !gone.includes(name))
        .join('\n'),
    ),
  );
  return run.print(apkSummary(run)).then(() => 0);
}

async function apkInfo(run: Run, names: readonly string[]): Promise<number> {
  const installed = apkInstalled(run);
  if (names.length === 0) {
    for (const { name } of installed) await run.print(`${name}\n`);
    return 0;
  }
  let exitCode = 0;
  for (const name of names) {
    const found = installed.find((each) => each.name === name);
    if (found)
      await run.print(
        run.args.includes('-e')
          ? `${name}\n`
          : `${name}-${found.version} description:\n${findPackage(name, 'apk')?.about ?? 'Part of the base system.'}\n\n`,
      );
    else exitCode = 1;
  }
  return exitCode;
}
