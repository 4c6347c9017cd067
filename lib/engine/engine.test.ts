import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../errors';
import { changeLine } from '../layer';
import type { EngineEvent } from '.';
import { emptyEngine, evolveEngine, parseEngine, serialiseEngine } from '.';
import { fakeEngine } from './fixtures';

/** Lets every promise that can go on go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function failure(action: () => unknown): Promise<Failure> {
  try {
    await action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('a container', () => {
  it('writes on its own sheet, and the image stays', async () => {
    const { engine } = fakeEngine();
    const before = engine.image('base:1');
    const { id } = engine.create({ name: 'web', config: { Image: 'base:1', Cmd: ['write', '/etc/motd', 'ana'] } });
    await engine.start('web');
    expect(await engine.wait('web')).toBe(0);
    expect(engine.diff('web').map(changeLine)).toEqual(['C /etc', 'C /etc/motd']);
    expect(engine.image('base:1')).toEqual(before);
    expect(engine.container(id.slice(0, 4)).name).toBe('web');
  });

  it('keeps its sheet when it stops and starts, and loses it when it is removed', async () => {
    const { engine } = fakeEngine();
    engine.create({ name: 'web', config: { Image: 'base:1', Cmd: ['write', '/note', 'x'] } });
    await engine.start('web');
    await engine.wait('web');
    await engine.start('web');
    await engine.wait('web');
    expect(engine.diff('web').map(changeLine)).toEqual(['A /note']);
    await engine.remove('web');
    expect(engine.state.sheets.size).toBe(0);
    expect((await failure(() => engine.diff('web'))).message).toBe('No such container: web');
  });

  it('is killed when its grace is over', async () => {
    const { engine, clock } = fakeEngine();
    engine.create({ name: 'web', config: { Image: 'base:1', Cmd: ['sleep'], StopSignal: 'CONT' } });
    await engine.start('web');
    const stopped = engine.stop('web', { timeout: 3 });
    await settle();
    clock.skip();
    await stopped;
    expect(engine.container('web').state).toMatchObject({ state: 'exited' });
  });

  it('starts again by its policy, later and later, until it is stopped', async () => {
    const { engine, clock } = fakeEngine();
    engine.create({
      name: 'web',
      config: { Image: 'base:1', Cmd: ['false'] },
      hostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } },
    });
    await engine.start('web');
    for (let rounds = 0; rounds < 6; rounds++) {
      await settle();
      clock.skip();
    }
    await settle();
    expect(engine.container('web')).toMatchObject({ restartCount: 2, state: { state: 'exited', exitCode: 1 } });
  });

  it('goes by itself with --rm, and tells its code before', async () => {
    const { engine } = fakeEngine();
    engine.create({ name: 'web', config: { Image: 'base:1', Cmd: ['exit', '7'] }, hostConfig: { AutoRemove: true } });
    const code = engine.wait('web', 'removed');
    await engine.start('web');
    expect(await code).toBe(7);
    expect(engine.state.containers.size).toBe(0);
  });

  it('shows its output to whoever attached, and keeps it as a log', async () => {
    const { engine } = fakeEngine();
    engine.create({ name: 'web', config: { Image: 'base:1', Cmd: ['echo', 'hi', 'ana'] } });
    const seen: string[] = [];
    engine.attach('web', { output: (_, bytes) => void seen.push(new TextDecoder().decode(bytes)) });
    await engine.start('web');
    await engine.wait('web');
    const kept: string[] = [];
    await engine.logs('web', { entry: ({ line }) => void kept.push(line) });
    expect([seen, kept]).toEqual([['hi ana\n'], ['hi ana\n']]);
  });
});

describe('refusals change nothing', () => {
  const cases: readonly (readonly [string, (engine: ReturnType<typeof fakeEngine>['engine']) => unknown, string])[] = [
    [
      'an image that is not here',
      (engine) => engine.create({ config: { Image: 'nosuch' } }),
      'No such image: nosuch:latest',
    ],
    [
      'a name that is taken',
      (engine) => engine.create({ name: 'web', config: { Image: 'base:1' } }),
      'Conflict. The container name "/web" is already in use by container',
    ],
    [
      'a bad name',
      (engine) => engine.create({ name: '!x', config: { Image: 'base:1' } }),
      'Invalid container name (!x)',
    ],
    [
      'a bad restart policy',
      (engine) =>
        engine.create({
          config: { Image: 'base:1' },
          hostConfig: { RestartPolicy: { Name: 'x', MaximumRetryCount: 0 } },
        }),
      "invalid restart policy: unknown policy 'x'",
    ],
    ['killing what does not run', (engine) => engine.kill('web'), 'cannot kill container: web: container'],
    ['pausing what does not run', (engine) => engine.pause('web'), 'container'],
    [
      'an image that a container uses',
      (engine) => engine.removeImage('base:1'),
      'conflict: unable to remove repository reference "base:1" (must force)',
    ],
  ];
  it.each(cases)('%s', async (_, action, sentence) => {
    const { engine } = fakeEngine();
    engine.create({ name: 'web', config: { Image: 'base:1' } });
    const before = JSON.stringify(serialiseEngine(engine.state));
    expect((await failure(() => action(engine))).message).toContain(sentence);
    expect(JSON.stringify(serialiseEngine(engine.state))).toBe(before);
  });
});

type Engine = ReturnType<typeof fakeEngine>['engine'];

const names = ['one', 'two', 'three'];
const step = fc.oneof(
  fc.record({
    verb: fc.constant('run' as const),
    name: fc.constantFrom(...names),
    argv: fc.constantFrom(['write', '/etc/motd', 'x'], ['write', '/a', 'y'], ['sleep'], ['false'], ['echo', 'z']),
  }),
  fc.record({
    verb: fc.constantFrom(
      'stop',
      'kill',
      'pause',
      'unpause',
      'restart',
      'rm',
      'rename',
      'commit',
      'tag',
      'rmi',
      'volume',
      'network',
      'prune',
      'drain',
    ) as fc.Arbitrary<string>,
    name: fc.constantFrom(...names),
    argv: fc.constant([] as string[]),
  }),
);

async function play(
  engine: Engine,
  { verb, name, argv }: { verb: string; name: string; argv: readonly string[] },
): Promise<unknown> {
  switch (verb) {
    case 'run':
      engine.create({ name, config: { Image: 'base:1', Cmd: argv } });
      return engine.start(name);
    case 'stop':
      return engine.stop(name, { timeout: 0 });
    case 'kill':
      return engine.kill(name);
    case 'pause':
      return engine.pause(name);
    case 'unpause':
      return engine.unpause(name);
    case 'restart':
      return engine.restart(name, { timeout: 0 });
    case 'rm':
      return engine.remove(name, { force: true });
    case 'rename':
      return engine.rename(name, `${name}-x`);
    case 'commit':
      return engine.commit(name, { reference: `${name}:c` });
    case 'tag':
      return engine.tag('base:1', `${name}:t`);
    case 'rmi':
      return engine.removeImage(`${name}:c`, { force: true });
    case 'volume':
      return engine.createVolume({ name: `${name}-v` });
    case 'network':
      return engine.createNetwork({ name });
    case 'prune':
      return engine.pruneContainers();
    default:
      return undefined;
  }
}

describe('replaying', () => {
  it('what was told gives the state that was lived, to the digest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { engine, events, layers } = fakeEngine();
        const told: EngineEvent[] = [];
        const tell = () => told.push(...events.splice(0), ...engine.drain());
        tell();
        for (const one of steps) {
          try {
            await play(engine, one);
          } catch (error) {
            if (!(error instanceof Failure)) throw error;
          }
          await settle();
          tell();
        }
        const replayed = told.reduce(
          (state, event) => evolveEngine(state, JSON.parse(JSON.stringify(event)) as EngineEvent, layers),
          emptyEngine,
        );
        expect(serialiseEngine(replayed)).toEqual(serialiseEngine(engine.state));
        const parsed = parseEngine(JSON.parse(JSON.stringify(serialiseEngine(replayed))), layers);
        for (const [key, { sheet }] of engine.state.sheets)
          expect(parsed.sheets.get(key)!.sheet.digest()).toBe(sheet.digest());
      }),
      { numRuns: 60 },
    );
  });
});
