import { afterAll, describe, expect, it } from 'vitest';
import { createHost } from '../../scripts/dockerland-host';
import { peerCases } from './peer-cases';

interface Page {
  readonly argv: readonly string[];
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly reached_daemon?: boolean;
}

const help = peerCases<readonly Page[]>('cli/help-28.2.2.json');
const usage = peerCases<readonly Page[]>('cli/usage-errors-28.2.2.json');

/** The pages were recorded where HOME was another folder, and without the buildx plugin. */
const environment = 'HOME=/tmp/dhome DOCKER_BUILDKIT=0';
const host = createHost();
afterAll(() => host.stop());

const quoted = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
const ask = (argv: readonly string[]) => host.step(`${environment} docker ${quoted(argv)}`);

/** buildx is there as a management command of ours; those recordings have no such plugin. */
const withoutBuildx = (text: string) => text.replace(/^ {2}buildx\* .*\n/m, '');

/** Without the plugin the classic builder gives another piece of advice. */
const advised = (text: string) =>
  text.replace(
    'Install the buildx component to build images with BuildKit:\n            https://docs.docker.com/go/buildx/\n',
    'BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n            environment-variable.\n',
  );

/** Where docker says something else when it can ask an engine, as ours always can. */
const withoutEngine = new Map([
  ['--help', 'lists what the engine lacks, and leaves out what it has'],
  ['volume', 'tells of cluster volumes too'],
  ['volume --help', 'tells of cluster volumes too'],
  ['run --device /dev/x:/dev/y:q alpine', 'cannot tell which system the device is of'],
]);
const known = (page: Page) => withoutEngine.has(page.argv.join(' '));

describe.skipIf(!help)('help pages of docker 28.2.2', () => {
  it.each((help ?? []).filter((page) => !known(page)).map((page) => [page.argv.join(' '), page] as const))(
    'docker %s',
    async (_, page) => {
      const { stdout, exitCode } = await ask(page.argv);
      expect(withoutBuildx(stdout)).toBe(page.stdout);
      expect(exitCode).toBe(page.rc);
    },
  );
});

describe.skipIf(!usage)('answers of docker 28.2.2 to wrong flags and arguments', () => {
  const unreached = (usage ?? []).filter((page) => !page.reached_daemon && !known(page));
  it.each(unreached.map((page) => [page.argv.join(' '), page] as const))('docker %s', async (_, page) => {
    const { stdout, stderr, exitCode } = await ask(page.argv);
    expect({ stdout: withoutBuildx(stdout), stderr, exitCode }).toEqual({
      stdout: page.stdout,
      stderr: advised(page.stderr),
      exitCode: page.rc,
    });
  });
});
