/** apt, apt-get and dpkg on the bundled index. */
import type { Run } from '../run';
import { encode } from '../text';
import { findPackage, mayWrite, nameIn, put, removeFiles, text, unpackInto, withDependencies } from './package-files';
import { type Package, packageIndex } from './package-index';

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
