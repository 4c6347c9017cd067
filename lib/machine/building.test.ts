import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sitter } from '../../tests/support/sitter';
import type { MachineEvent } from '.';

let sitter: Sitter;

beforeEach(async () => {
  sitter = new Sitter();
  await sitter.open();
});
afterEach(() => sitter.machine.stop());

const slowly = 'FROM busybox\nRUN echo first; sleep 1; echo second\nRUN echo third\n';

/** Which of the events is the first that has a RUN say this. */
const saidAt = (of: 'terminal:wrote' | 'build:wrote', word: string) =>
  sitter.stream.findIndex(
    (event: MachineEvent) => event.type === of && new RegExp(`^#\\d [\\d.]+ ${word}\\r?$`, 'm').test(event.text),
  );

async function makeFolder(): Promise<void> {
  await sitter.types(`mkdir app; cd app; printf '${slowly.replaceAll('\n', '\\n')}' > Dockerfile`);
}

const type = (data: string) =>
  sitter.machine.run({ type: 'terminal:type', terminal: 'main', data, client: 'bbbbbbbb', seq: 1 });

async function shows(words: RegExp): Promise<void> {
  for (let waited = 0; waited < 500 && !words.test(sitter.screen); waited++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(sitter.screen).toMatch(words);
}

it('tells a build in a terminal step by step', async () => {
  await makeFolder();
  await sitter.types('docker build -t app .');
  const [first, second, third] = ['first', 'second', 'third'].map((word) => saidAt('terminal:wrote', word));
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(first!);
  expect(third).toBeGreaterThanOrEqual(second!);
});

it('ends a build with Ctrl-C, as the real client does, and makes no image', async () => {
  await makeFolder();
  const before = sitter.screen.length;
  const building = sitter.types('docker build -t app .');
  await shows(/^#5 [\d.]+ first$/m);
  await type('\x03');
  await building;
  expect(sitter.screen.slice(before)).toMatch(
    /^\^C#5 CANCELED\nERROR: failed to build: failed to solve: Canceled: context canceled\n\S+\$ $/m,
  );
  expect(await sitter.types('echo "ended with $?"')).toContain('\nended with 130\n');
  expect(await sitter.types('docker images -q app; docker ps -aq')).not.toMatch(/^[0-9a-f]{12}$/m);
});

it('says nothing more of a build by the old builder that was ended', async () => {
  await makeFolder();
  const building = sitter.types('DOCKER_BUILDKIT=0 docker build -t app .');
  await shows(/\nfirst\n/);
  await type('\x03');
  await building;
  expect(sitter.screen).toMatch(/\nfirst\n\^C\S+\$ $/);
  expect(await sitter.types('echo "ended with $?"')).toContain('\nended with 130\n');
});

it('tells a build for a screen as it goes on, and nothing of it when it is over', async () => {
  const outcome = await sitter.machine.run({
    type: 'image:build',
    reference: 'app:1.0',
    dockerfile: slowly,
    files: [],
  });
  expect(outcome).toMatchObject({ ok: true });
  const [first, second] = [saidAt('build:wrote', 'first'), saidAt('build:wrote', 'second')];
  expect(second).toBeGreaterThan(first);
  const told = sitter.stream.flatMap((event) => (event.type === 'build:wrote' ? event.text : [])).join('');
  expect(told).toBe(outcome.ok && outcome.output);
  expect(sitter.replayed(first + 1).building).toMatchObject({ reference: 'app:1.0' });
  expect(sitter.replayed(first + 1).building?.output).toMatch(/ first\n$/);
  expect(sitter.replayed().building).toBeUndefined();
  expect(sitter.machine.state.building).toBeUndefined();
});

it('does not go on with a build for a screen after a restart', async () => {
  const over = sitter.machine.run({ type: 'image:build', reference: 'app:1.0', dockerfile: slowly, files: [] });
  while (!sitter.stream.some((event) => event.type === 'build:wrote'))
    await new Promise((resolve) => setTimeout(resolve, 10));
  const state = sitter.replayed();
  sitter.machine.stop();
  void over.catch(() => {});
  expect(state.building).toBeDefined();
  const next = new Sitter(sitter.content, state, 2, sitter.stream);
  await next.quiet();
  expect(next.machine.state.building).toBeUndefined();
  next.machine.stop();
});

it('stops a build for a screen when it is asked to, and only then', async () => {
  const over = { ok: false, code: 'conflict', detail: { reason: 'build.over' } };
  expect(await sitter.machine.run({ type: 'build:stop' })).toMatchObject(over);
  const dockerfile = 'FROM busybox\nRUN echo first; sleep 1000\n';
  const building = sitter.machine.run({ type: 'image:build', reference: 'app', dockerfile, files: [] });
  while (saidAt('build:wrote', 'first') < 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await sitter.machine.run({ type: 'build:stop' })).toEqual({ ok: true });
  expect(await building).toMatchObject({
    ok: false,
    code: 'conflict',
    detail: { reason: 'build.stopped', output: expect.stringContaining('context canceled') },
  });
  expect(sitter.machine.state.building).toBeUndefined();
  expect(await sitter.types('docker images -q app; docker ps -aq')).not.toMatch(/^[0-9a-f]{12}$/m);
  expect(await sitter.machine.run({ type: 'build:stop' })).toMatchObject(over);
  const again = { type: 'image:build', reference: 'app', dockerfile: 'FROM busybox\n', files: [] } as const;
  expect(await sitter.machine.run(again)).toMatchObject({ ok: true });
});
