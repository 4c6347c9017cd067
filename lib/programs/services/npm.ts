/** npm on the bundled index. */
import type { Run } from '../run';
import { encode } from '../text';
import { put, text } from './package-files';
import { nodePackages } from './package-index';

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
