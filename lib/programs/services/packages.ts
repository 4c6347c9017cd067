/** apk, apt, apt-get, dpkg, pip and npm on one small bundled index: they really add files, and an unknown name fails as it should. */
import { FsError } from '../../fs';
import { makeAll } from '../applets/directories';
import { executableFile } from '../executable-file';
import type { Run } from '../run';
import { decode, encode } from '../text';
import { nodePackages, type Package, packageIndex, pythonPackages } from './package-index';

const text = (run: Run, path: string): string => (run.fs.exists(path) ? decode(run.fs.readFile(path)) : '');

async function put(run: Run, path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
  makeAll(run, path.slice(0, path.lastIndexOf('/')) || '/');
  await run.writeFile(path, bytes, mode);
  run.fs.chmod(path, mode);
}

/** Puts a package's files in place: its programs, and a note where each system keeps its own. */
async function unpackInto(run: Run, item: Package, flavour: 'apk' | 'deb'): Promise<void> {
  const programs = flavour === 'apk' ? (item.apkPrograms ?? item.programs ?? {}) : (item.programs ?? {});
  for (const [path, id] of Object.entries(programs)) await put(run, path, executableFile(id), 0o755);
  for (const [path, content] of Object.entries(item.files ?? {})) await put(run, path, encode(content));
  if (flavour === 'deb')
    await put(
      run,
      `/usr/share/doc/${item.name}/copyright`,
      encode(`This is a Dockerland replica of the package ${item.name}.\n`),
    );
}

/** What must be there, the package itself last. */
function withDependencies(item: Package, flavour: 'apk' | 'deb', seen = new Set<string>()): Package[] {
  if (seen.has(item.name)) return [];
  seen.add(item.name);
  const below = (item.needs?.[flavour] ?? []).flatMap((name) => {
    const found = packageIndex.find((each) => nameIn(each, flavour) === name);
    return found ? withDependencies(found, flavour, seen) : [];
  });
  return [...below, item];
}

const nameIn = (item: Package, flavour: 'apk' | 'deb') =>
  flavour === 'apk' ? (item.apk ?? item.name) : (item.deb ?? item.name);
const versionIn = (item: Package, flavour: 'apk' | 'deb') => (flavour === 'apk' ? item.versions[0] : item.versions[1]);

function findPackage(name: string, flavour: 'apk' | 'deb'): Package | undefined {
  return packageIndex.find((item) => nameIn(item, flavour) === name && versionIn(item, flavour) !== undefined);
}

function mayWrite(run: Run): boolean {
  return run.process.credentials.uid === 0;
}

// apk

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

function removeFiles(run: Run, paths: readonly string[]): void {
  for (const path of paths) {
    try {
      run.fs.unlink(path);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
    }
  }
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

// apt and dpkg

const statusFile = '/var/lib/dpkg/status';
const listsFolder = '/var/lib/apt/lists';

function debInstalled(run: Run): { name: string; version: string }[] {
  return text(run, statusFile)
    .split('\n\n')
    .flatMap((record) => {
      const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(record)?.[1];
      return field('Package') ? [{ name: field('Package')!, version: field('Version') ?? '' }] : [];
    });
}

export async function apt(run: Run): Promise<number> {
  const words = run.args.filter((word, at) => !word.startsWith('-') && !/^-[ot]$/.test(run.args[at - 1] ?? ''));
  const [verb, ...names] = words;
  const tool = run.name;
  if (run.args.includes('--version') || run.args.includes('-v')) return run.print('apt 3.0.3 (amd64)\n').then(() => 0);
  if (tool === 'apt' && !run.process.stdout.terminal && verb !== undefined)
    await run.complain('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
  switch (verb) {
    case 'update':
      return aptUpdate(run);
    case 'install':
    case 'reinstall':
      return aptInstall(run, names);
    case 'remove':
    case 'purge':
    case 'autoremove':
      return aptRemove(run, names);
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      return aptLocked(run).then(
        (code) =>
          code ||
          run
            .print(
              'Reading package lists...\nBuilding dependency tree...\nReading state information...\nCalculating upgrade...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
            )
            .then(() => 0),
      );
    case 'clean':
    case 'autoclean':
      return 0;
    case 'list':
      for (const { name, version } of debInstalled(run)) await run.print(`${name}/now ${version} amd64 [installed]\n`);
      return 0;
    case 'search':
    case 'policy':
    case 'show':
      return aptShow(run, verb, names);
    case undefined:
      return run.print(`${tool} 3.0.3 (amd64)\nUsage: ${tool} [options] command\n`).then(() => 0);
    default:
      return run.complain(`E: Invalid operation ${verb}\n`).then(() => 100);
  }
}

async function aptLocked(run: Run): Promise<number> {
  if (mayWrite(run)) return 0;
  await run.complain(
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
  );
  return 100;
}

const suite = (run: Run) => /VERSION_CODENAME=(\w+)/.exec(text(run, '/etc/os-release'))?.[1] ?? 'trixie';
const mirror = (run: Run) =>
  suite(run) === 'noble' ? 'http://archive.ubuntu.com/ubuntu' : 'http://deb.debian.org/debian';

async function aptUpdate(run: Run): Promise<number> {
  if (!mayWrite(run)) {
    await run.complain(
      'E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\nE: Unable to lock directory /var/lib/apt/lists/\n',
    );
    return 100;
  }
  const quiet = run.args.some((word) => /^-q/.test(word));
  for (const [at, name] of [suite(run), `${suite(run)}-updates`].entries()) {
    await run.print(`Get:${at + 1} ${mirror(run)} ${name} InRelease\n`);
    await put(
      run,
      `${listsFolder}/${mirror(run).slice(7).replaceAll('/', '_')}_dists_${name}_InRelease`,
      encode('bundled with Dockerland\n'),
    );
  }
  await put(
    run,
    `${listsFolder}/bundled_Packages`,
    encode(
      `${packageIndex
        .filter((item) => item.versions[1])
        .map((item) => `Package: ${nameIn(item, 'deb')}\nVersion: ${item.versions[1]}\n`)
        .join('\n')}`,
    ),
  );
  await run.print(`${quiet ? '' : 'Fetched 0 B in 0s (0 B/s)\n'}Reading package lists...\n`);
  if (run.name === 'apt') await run.print('All packages are up to date.\n');
  return 0;
}

async function aptInstall(run: Run, names: readonly string[]): Promise<number> {
  const locked = await aptLocked(run);
  if (locked) return locked;
  await run.print('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  const listed = run.fs.exists(`${listsFolder}/bundled_Packages`);
  const installed = debInstalled(run);
  const wanted: Package[] = [];
  for (const name of names) {
    const plain = name.replace(/[=/].*$/, '');
    const there = installed.find((each) => each.name === plain);
    const item = listed ? findPackage(plain, 'deb') : undefined;
    if (there) await run.print(`${plain} is already the newest version (${there.version}).\n`);
    else if (item) wanted.push(item);
    else return run.complain(`E: Unable to locate package ${plain}\n`).then(() => 100);
  }
  const known = new Set(installed.map(({ name }) => name));
  const fresh = wanted
    .flatMap((item) => withDependencies(item, 'deb'))
    .filter((item, at, all) => !known.has(nameIn(item, 'deb')) && all.indexOf(item) === at);
  if (fresh.length > 0)
    await run.print(
      `The following NEW packages will be installed:\n  ${fresh
        .map((item) => nameIn(item, 'deb'))
        .sort()
        .join(' ')}\n`,
    );
  await run.print(`0 upgraded, ${fresh.length} newly installed, 0 to remove and 0 not upgraded.\n`);
  if (
    fresh.length > wanted.length &&
    !run.args.some((word) => /^(-\w*y\w*|--yes|--assume-yes|-qq\w*)$/.test(word)) &&
    !(await agreed(run))
  )
    return 1;
  for (const [at, item] of fresh.entries())
    await run.print(
      `Get:${at + 1} ${mirror(run)} ${suite(run)}/main amd64 ${nameIn(item, 'deb')} amd64 ${item.versions[1]}\n`,
    );
  for (const item of fresh) {
    await run.process.tick();
    const name = nameIn(item, 'deb');
    await run.print(
      `Selecting previously unselected package ${name}.\nPreparing to unpack .../${name}_${item.versions[1]}_amd64.deb ...\nUnpacking ${name} (${item.versions[1]}) ...\n`,
    );
    await unpackInto(run, item, 'deb');
    await put(
      run,
      `/var/lib/dpkg/info/${name}.list`,
      encode(`${[...Object.keys(item.programs ?? {}), ...Object.keys(item.files ?? {})].join('\n')}\n`),
    );
    await run.appendFile(
      statusFile,
      encode(`Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${item.versions[1]}\n\n`),
    );
  }
  for (const item of fresh) await run.print(`Setting up ${nameIn(item, 'deb')} (${item.versions[1]}) ...\n`);
  return 0;
}

async function agreed(run: Run): Promise<boolean> {
  await run.print('Do you want to continue? [Y/n] ');
  await run.flush();
  const answer = await run.lines(run.process.stdin).next();
  if (answer !== undefined && /^(y|yes|)$/i.test(answer.trim())) return true;
  await run.print('Abort.\n');
  return false;
}

async function aptRemove(run: Run, names: readonly string[]): Promise<number> {
  const locked = await aptLocked(run);
  if (locked) return locked;
  await run.print('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  const installed = debInstalled(run);
  const gone = names.filter((name) => installed.some((each) => each.name === name));
  for (const name of names.filter((each) => !gone.includes(each))) {
    if (!findPackage(name, 'deb')) return run.complain(`E: Unable to locate package ${name}\n`).then(() => 100);
    await run.print(`Package '${name}' is not installed, so not removed\n`);
  }
  await run.print(`0 upgraded, 0 newly installed, ${gone.length} to remove and 0 not upgraded.\n`);
  const records = text(run, statusFile).split('\n\n').filter(Boolean);
  for (const name of gone) {
    await run.print(`Removing ${name} (${installed.find((each) => each.name === name)!.version}) ...\n`);
    removeFiles(run, text(run, `/var/lib/dpkg/info/${name}.list`).split('\n').filter(Boolean));
  }
  await put(
    run,
    statusFile,
    encode(
      records
        .filter((record) => !gone.some((name) => record.startsWith(`Package: ${name}\n`)))
        .map((record) => `${record.trim()}\n\n`)
        .join(''),
    ),
  );
  return 0;
}

async function aptShow(run: Run, verb: string, names: readonly string[]): Promise<number> {
  for (const item of packageIndex) {
    const name = nameIn(item, 'deb');
    if (!item.versions[1] || !names.some((word) => (verb === 'search' ? name.includes(word) : name === word))) continue;
    if (verb === 'search') await run.print(`${name} - ${item.about}\n`);
    else if (verb === 'policy')
      await run.print(
        `${name}:\n  Installed: ${debInstalled(run).find((each) => each.name === name)?.version ?? '(none)'}\n  Candidate: ${item.versions[1]}\n`,
      );
    else await run.print(`Package: ${name}\nVersion: ${item.versions[1]}\nDescription: ${item.about}\n\n`);
  }
  return 0;
}

export async function dpkg(run: Run): Promise<number> {
  const [flag, name] = run.args;
  const installed = debInstalled(run).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (flag === '--print-architecture') return run.print('amd64\n').then(() => 0);
  if (flag === '-l' || flag === '--list' || flag === undefined) {
    await run.print(
      'Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n||/ Name           Version      Architecture Description\n+++-==============-============-============-=================================\n',
    );
    for (const each of installed)
      if (name === undefined || each.name === name)
        await run.print(
          `ii  ${each.name.padEnd(14)} ${each.version.padEnd(12)} amd64        ${findPackage(each.name, 'deb')?.about ?? 'part of the base system'}\n`,
        );
    return 0;
  }
  const found = installed.find((each) => each.name === name);
  if (flag === '-s' || flag === '--status') {
    if (!found)
      return run
        .complain(`dpkg-query: package '${name}' is not installed and no information is available\n`)
        .then(() => 1);
    return run
      .print(`Package: ${found.name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${found.version}\n`)
      .then(() => 0);
  }
  if (flag === '-L') {
    if (!found) return run.complain(`dpkg-query: package '${name}' is not installed\n`).then(() => 1);
    return run.print(text(run, `/var/lib/dpkg/info/${name}.list`)).then(() => 0);
  }
  return run.complain(`dpkg: error: unknown option ${flag}\n`).then(() => 2);
}

// pip

const sitePackages = '/usr/local/lib/python3.14/site-packages';

export async function pip(run: Run): Promise<number> {
  const [verb, ...rest] = run.args.filter((word) => word !== '--no-cache-dir' && word !== '-q' && word !== '--quiet');
  if (verb === '--version' || verb === '-V')
    return run.print(`pip 25.2 from ${sitePackages}/pip (python 3.14)\n`).then(() => 0);
  if (verb === 'list' || verb === 'freeze') {
    if (verb === 'list') await run.print('Package    Version\n---------- -------\npip        25.2\n');
    for (const { name, version } of pipInstalled(run))
      await run.print(verb === 'list' ? `${name.padEnd(10)} ${version}\n` : `${name}==${version}\n`);
    return 0;
  }
  if (verb === 'install') return pipInstall(run, rest);
  if (verb === 'uninstall') {
    for (const name of rest.filter((word) => !word.startsWith('-'))) {
      const found = pipInstalled(run).find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!found) await run.complain(`WARNING: Skipping ${name} as it is not installed.\n`);
      else {
        removeFiles(run, [
          `${sitePackages}/${moduleOf(name)}/__init__.py`,
          `${sitePackages}/${moduleOf(name)}-${found.version}.dist-info/METADATA`,
        ]);
        await run.print(`Successfully uninstalled ${found.name}-${found.version}\n`);
      }
    }
    return 0;
  }
  if (verb === undefined) return run.print('\nUsage:\n  pip <command> [options]\n').then(() => 0);
  return run.complain(`ERROR: unknown command "${verb}"\n`).then(() => 1);
}

const moduleOf = (name: string) => name.toLowerCase().replaceAll('-', '_');

function pipInstalled(run: Run): { name: string; version: string }[] {
  if (!run.fs.exists(sitePackages)) return [];
  return run.fs.readdir(sitePackages).flatMap(({ name }) => {
    const path = `${sitePackages}/${name}/METADATA`;
    if (!name.endsWith('.dist-info') || !run.fs.exists(path)) return [];
    const metadata = text(run, path);
    return [
      { name: /^Name: (.+)$/m.exec(metadata)?.[1] ?? name, version: /^Version: (.+)$/m.exec(metadata)?.[1] ?? '' },
    ];
  });
}

async function pipInstall(run: Run, words: readonly string[]): Promise<number> {
  const names: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '-r' || word === '--requirement') {
      const path = words[++at] ?? '';
      if (!run.fs.exists(path))
        return run
          .complain(`ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${path}'\n`)
          .then(() => 1);
      names.push(
        ...text(run, path)
          .split('\n')
          .map((line) => line.replace(/#.*/, '').trim())
          .filter((line) => line && !line.startsWith('-')),
      );
    } else if (!word.startsWith('-')) names.push(word);
  }
  if (names.length === 0)
    return run
      .complain('ERROR: You must give at least one requirement to install (see "pip help install")\n')
      .then(() => 1);
  const chosen: [string, string][] = [];
  for (const name of names) {
    const plain = name
      .replace(/[[=<>~!].*$/, '')
      .trim()
      .toLowerCase();
    const entry = Object.entries(pythonPackages).find(([known]) => known.toLowerCase() === plain);
    if (!entry)
      return run
        .complain(
          `ERROR: Could not find a version that satisfies the requirement ${plain} (from versions: none)\nERROR: No matching distribution found for ${plain}\n`,
        )
        .then(() => 1);
    const pinned = /==\s*([\w.]+)/.exec(name)?.[1];
    await run.print(`Collecting ${name}\n`);
    for (const each of [...entry[1].needs, entry[0]])
      if (!chosen.some(([known]) => known === each))
        chosen.push([each, each === entry[0] && pinned ? pinned : (pythonPackages[each]?.version ?? '1.0')]);
  }
  await run.print(`Installing collected packages: ${chosen.map(([name]) => name).join(', ')}\n`);
  for (const [name, version] of chosen) {
    await put(
      run,
      `${sitePackages}/${moduleOf(name)}/__init__.py`,
      encode(`# A Dockerland replica of ${name}.\n__version__ = "${version}"\n`),
    );
    await put(
      run,
      `${sitePackages}/${moduleOf(name)}-${version}.dist-info/METADATA`,
      encode(`Metadata-Version: 2.4\nName: ${name}\nVersion: ${version}\n`),
    );
  }
  return run
    .print(`Successfully installed ${chosen.map(([name, version]) => `${name}-${version}`).join(' ')}\n`)
    .then(() => 0);
}

// npm

export async function npm(run: Run): Promise<number> {
  const [verb, ...rest] = run.args;
  if (verb === '--version' || verb === '-v') return run.print('11.6.2\n').then(() => 0);
  const folder =
    rest.includes('-g') || rest.includes('--global') ? '/usr/local/lib' : run.process.cwd.replace(/\/$/, '');
  const manifest = `${folder}/package.json`;
  const read = (): Record<string, unknown> | undefined => {
    if (!run.fs.exists(manifest)) return undefined;
    try {
      return JSON.parse(text(run, manifest)) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  };
  switch (verb) {
    case 'init': {
      const name = folder.split('/').pop() || 'app';
      await put(
        run,
        manifest,
        encode(
          `${JSON.stringify({ name, version: '1.0.0', main: 'index.js', scripts: { test: 'echo "Error: no test specified" && exit 1' }, license: 'ISC' }, undefined, 2)}\n`,
        ),
      );
      return run.print(`Wrote to ${manifest}:\n\n${text(run, manifest)}\n`).then(() => 0);
    }
    case 'install':
    case 'i':
    case 'add':
    case 'ci':
      return npmInstall(
        run,
        folder,
        rest.filter((word) => !word.startsWith('-')),
        read(),
      );
    case 'start':
    case 'run':
    case 'run-script':
    case 'test':
      return npmRun(run, verb === 'start' || verb === 'test' ? verb : rest[0], read());
    case 'ls':
    case 'list': {
      const own = read();
      await run.print(`${own?.name ?? folder.split('/').pop()}@${own?.version ?? ''} ${folder}\n`);
      const entries = Object.keys((own?.dependencies as Record<string, string> | undefined) ?? {});
      if (entries.length === 0) return run.print('└── (empty)\n\n').then(() => 0);
      for (const [at, name] of entries.entries())
        await run.print(`${at === entries.length - 1 ? '└──' : '├──'} ${name}@${nodePackages[name]?.version ?? '?'}\n`);
      return run.print('\n').then(() => 0);
    }
    case undefined:
      return run
        .print(
          'npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\nnpm install <foo>  add the <foo> dependency to your project\nnpm run <foo>      run the script named <foo>\n',
        )
        .then(() => 1);
    default:
      return run
        .complain(`Unknown command: "${verb}"\n\nTo see a list of supported npm commands, run:\n  npm help\n`)
        .then(() => 1);
  }
}

async function npmInstall(
  run: Run,
  folder: string,
  names: readonly string[],
  own: Record<string, unknown> | undefined,
): Promise<number> {
  const dependencies = { ...((own?.dependencies as Record<string, string> | undefined) ?? {}) };
  if (own === undefined && names.length === 0) {
    await run.complain(
      `npm error code ENOENT\nnpm error syscall open\nnpm error path ${folder}/package.json\nnpm error errno -2\nnpm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${folder}/package.json'\n`,
    );
    return 254;
  }
  const wanted = names.length > 0 ? names.map((word) => word.replace(/(?!^)@.*$/, '')) : Object.keys(dependencies);
  const all = new Set<string>();
  const visit = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    for (const below of nodePackages[name]?.needs ?? []) visit(below);
  };
  for (const name of wanted) {
    if (!nodePackages[name]) {
      await run.complain(
        `npm error code E404\nnpm error 404 Not Found - GET ${name} - Not found\nnpm error 404\nnpm error 404  '${name}@*' is not in this registry.\n`,
      );
      return 1;
    }
    visit(name);
  }
  let added = 0;
  for (const name of all) {
    const path = `${folder}/node_modules/${name}/package.json`;
    if (!run.fs.exists(path)) added++;
    const version = nodePackages[name]?.version ?? '1.0.0';
    await put(run, path, encode(`${JSON.stringify({ name, version, main: 'index.js' }, undefined, 2)}\n`));
    await put(run, `${folder}/node_modules/${name}/index.js`, encode(`// A Dockerland replica of ${name}.\n`));
  }
  if (folder !== '/usr/local/lib') {
    for (const name of names.length > 0 ? wanted : []) dependencies[name] = `^${nodePackages[name]!.version}`;
    const entries = Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1));
    await put(
      run,
      `${folder}/package.json`,
      encode(`${JSON.stringify({ ...own, dependencies: Object.fromEntries(entries) }, undefined, 2)}\n`),
    );
    await put(
      run,
      `${folder}/package-lock.json`,
      encode(
        `${JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries([...all].sort().map((name) => [`node_modules/${name}`, { version: nodePackages[name]?.version ?? '1.0.0' }])) }, undefined, 2)}\n`,
      ),
    );
  }
  const words = added === 0 ? 'up to date' : `added ${added} package${added === 1 ? '' : 's'}`;
  return run.print(`\n${words}, and audited ${all.size + 1} packages in 1s\n\nfound 0 vulnerabilities\n`).then(() => 0);
}

async function npmRun(run: Run, name: string | undefined, own: Record<string, unknown> | undefined): Promise<number> {
  const scripts = (own?.scripts as Record<string, string> | undefined) ?? {};
  const script =
    name === undefined
      ? undefined
      : (scripts[name] ?? (name === 'start' && run.fs.exists('server.js') ? 'node server.js' : undefined));
  if (name === undefined) {
    for (const [key, value] of Object.entries(scripts)) await run.print(`  ${key}\n    ${value}\n`);
    return 0;
  }
  if (script === undefined)
    return run
      .complain(
        `npm error Missing script: "${name}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n`,
      )
      .then(() => 1);
  await run.print(`\n> ${own?.name ?? ''}@${own?.version ?? ''} ${name}\n> ${script}\n\n`);
  return (await run.call(['/bin/sh', '-c', script])).exitCode;
}
