import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError, lint, readDockerfile } from '../dockerfile';
import { BuildFailure } from './build-failure';
import { DockerBuild } from './testing/docker-build';
import { Workbench } from './testing/workbench';

const words = [
  'FROM',
  'busybox',
  'AS',
  'a',
  'RUN',
  'COPY',
  '--from=a',
  '--mount=type=cache,target=/c',
  'ENV',
  'A=$B',
  '${A:-x}',
];
const more = [
  '[a',
  '*',
  '--exclude=[',
  '--chown=x',
  'ADD',
  'WORKDIR',
  '..',
  '<<EOF',
  'EOF',
  '\\',
  '\n',
  '\n',
  '\n',
  '#',
  '["a"]',
  '[',
  '"',
  "'",
  'ARG',
  '--link',
  'HEALTHCHECK',
  'ONBUILD',
  '/',
];

/** Text that looks like a Dockerfile, more or less. */
const almost = fc
  .array(fc.constantFrom(...words, ...more), { maxLength: 40 })
  .map((list) => list.join(' ').replaceAll(' \n ', '\n'));

describe('what no Dockerfile is', () => {
  it('is refused with a DockerfileError or read, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), almost), (text) => {
        try {
          readDockerfile(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DockerfileError);
        }
        const { warnings, error } = lint(text);
        const count = text.split('\n').length;
        for (const { line } of warnings) expect(line >= 1 && line <= count).toBe(true);
        if (error?.range) expect(error.range.start >= 1 && error.range.end <= count).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['buildkit', 'classic', 'quiet', 'classic-quiet', 'check'] as const)(
    'is answered with mode %s',
    async (mode) => {
      const ours = new DockerBuild({ name: 'any', files: { one: '1\n' }, steps: [] });
      await fc.assert(
        fc.asyncProperty(almost, async (text) => {
          ours.bench.change({ Dockerfile: `FROM busybox\n${text}` });
          const args = [...(mode.endsWith('quiet') ? ['-q'] : []), ...(mode === 'check' ? ['--check'] : []), '.'];
          const { exitCode, stderr, image } = await ours.play({ args, classic: mode.startsWith('classic') });
          if (exitCode === 0) expect(image !== undefined).toBe(mode !== 'check');
          else expect(mode === 'check' || stderr !== '').toBe(true);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('builds or fails in BuildKit’s way, and leaves the cache usable', async () => {
    const bench = new Workbench();
    await fc.assert(
      fc.asyncProperty(almost, async (text) => {
        const { stderr, error } = await bench.print(`FROM busybox\n${text}`, { limits: { milliseconds: 1000 } });
        if (error) {
          expect(error).toBeInstanceOf(BuildFailure);
          expect(stderr).toMatch(/ERROR: failed to build: failed to solve: /);
        }
      }),
      { numRuns: 100 },
    );
    expect((await bench.print('FROM busybox\nRUN echo fine\n')).error).toBeUndefined();
  });

  it.each([
    [
      'a megabyte of ENV',
      `FROM busybox\n${Array.from({ length: 70_000 }, (_, at) => `ENV V${at}=${at}`).join('\n')}\n`,
    ],
    ['a megabyte of stages', `${Array.from({ length: 50_000 }, (_, at) => `FROM busybox AS s${at}`).join('\n')}\n`],
    ['stages that all have one name', `${Array.from({ length: 50_000 }, () => 'FROM a AS a').join('\n')}\n`],
    [
      'a chain of stages',
      `FROM busybox AS s0\n${Array.from({ length: 20_000 }, (_, at) => `FROM s${at} AS s${at + 1}`).join('\n')}\n`,
    ],
    [
      'undefined variables',
      `FROM busybox\n${Array.from({ length: 30_000 }, (_, at) => `LABEL a=$UNDEFINED_${at}`).join('\n')}\n`,
    ],
    ['one line of blanks', `FROM busybox\nRUN a${' '.repeat(65_000)}b\n`],
    ['one comment of blanks', `# a=${' '.repeat(65_000)}b${' '.repeat(100)}\nFROM busybox\n`],
    ['nested braces', `FROM busybox\nENV A=${'${A:-'.repeat(5000)}${'}'.repeat(5000)}\n`],
    ['quotes', `FROM busybox\nENV A=${'"\''.repeat(30_000)}\n`],
    ['heredocs', `FROM busybox\nRUN ${'<<A '.repeat(10_000)}\n${'A\n'.repeat(10_000)}`],
    ['a long heredoc', `FROM busybox\nCOPY <<A /x\n${'line\n'.repeat(200_000)}A\n`],
  ])('%s is answered', (_, text) => {
    const { error } = lint(text);
    if (error) expect(error).toBeInstanceOf(DockerfileError);
  });

  it('refuses a line that is too long, as BuildKit’s scanner does', () => {
    expect(() => readDockerfile(`FROM busybox\nRUN ${'x'.repeat(70_000)}\n`)).toThrow(
      'dockerfile line greater than max allowed size of 65535',
    );
  });
});

describe('stages that need each other', () => {
  it.each([
    ['FROM busybox AS a\nCOPY --from=a x y\n', 'a', 2],
    ['FROM busybox\nCOPY --from=0 x y\n', 'stage-0', 2],
    [
      'FROM busybox AS a\nRUN --mount=from=b,target=/b ls\nFROM busybox AS b\nRUN --mount=from=a,target=/a ls\n',
      'a',
      2,
    ],
  ])('are refused: %j', (text, stage, line) => {
    const { error } = lint(text);
    expect(error?.message).toBe(`circular dependency detected on stage: ${stage}`);
    expect(error?.range?.start).toBe(line);
  });
});

describe('a build has bounds', () => {
  it('ends a RUN that never ends, and makes no image', async () => {
    const bench = new Workbench();
    const waiting = bench.print('FROM busybox\nRUN forever\n', { limits: { milliseconds: 60_000 } });
    while (bench.clock.sleeping === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    bench.clock.advance(60_000);
    const { error, stderr } = await waiting;
    expect(error?.message).toBe(
      'process "/bin/sh -c forever" did not complete successfully: it took longer than 60 seconds',
    );
    expect(stderr).not.toContain('exporting');
  });

  it('is cancelled', async () => {
    const bench = new Workbench();
    const cancel = new AbortController();
    const waiting = bench.print('FROM busybox\nRUN forever\n', { signal: cancel.signal });
    while (bench.clock.sleeping === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    cancel.abort();
    const { stderr } = await waiting;
    expect(stderr).toContain('#5 [2/2] RUN forever\n#5 CANCELED\n');
    expect(stderr).toMatch(/ERROR: failed to build: failed to solve: Canceled: context canceled\n$/);
  });

  it('refuses too many steps, files and bytes', async () => {
    const bench = new Workbench();
    bench.context({ a: 'a', b: 'bb', c: 'ccc' });
    const all = 'FROM busybox\nCOPY . /\n';
    const messages = [
      await bench.print(`FROM busybox\n${'RUN true\n'.repeat(11)}`, { limits: { steps: 10 } }),
      await bench.print(all, { limits: { files: 2 } }),
      await bench.print(all, { limits: { bytes: 5 } }),
      await bench.print(all, { limits: { dockerfileBytes: 5 } }),
    ].map(({ error }) => [error?.code, error?.message]);
    expect(messages).toEqual([
      ['exhausted', 'the build has more than 10 steps'],
      ['exhausted', 'the build context has more than 2 files'],
      ['exhausted', 'the build context is 6B, more than 5B'],
      ['exhausted', 'the Dockerfile is larger than 5B'],
    ]);
  });

  it('takes a context of ten thousand files', async () => {
    const bench = new Workbench();
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`d${at % 100}/f${at}`, `${at}`] as const),
    );
    bench.context({ ...files, '.dockerignore': 'd1/*\n!d1/f101\n' });
    const built = await bench.build('FROM busybox\nCOPY . /all/\n');
    const view = bench.look(built);
    expect(view.readdir('/all/d1').map(({ name }) => name)).toEqual(['f101']);
    expect(view.readdir('/all/d2')).toHaveLength(100);
    expect((await bench.print('FROM busybox\nCOPY . /all/\n')).stderr).toContain('COPY . /all/\n#6 CACHED');
  });
});
