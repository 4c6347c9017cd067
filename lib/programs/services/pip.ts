/** pip on the bundled index. */
import type { Run } from '../run';
import { encode } from '../text';
import { put, removeFiles, text } from './package-files';
import { pythonPackages } from './package-index';

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
