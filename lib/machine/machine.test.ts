import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Clock, seeded } from '../clock';
import { MemoryContent } from '../content';
import {
  createMachine,
  evolveMachine,
  layersOf,
  type Machine,
  type MachineEvent,
  type MachineState,
  parseMachine,
  serialiseMachine,
} from '.';

const realClock: Clock = {
  now: () => BigInt(Date.now()) * 1_000_000n,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};
const scheduler = {
  cpu: () => performance.now(),
  yieldNow: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

/** A computer with a person at it: types lines, waits until it is quiet, and keeps its stream. */
class Person {
  readonly stream: MachineEvent[] = [];
  machine: Machine;
  #seq = 0;

  constructor(
    readonly content = new MemoryContent(),
    state?: MachineState,
    seed = 1,
  ) {
    if (!state)
      this.stream.push({ type: 'machine:made', id: 'm', user: 'ana', hostname: 'laptop', at: '2026-01-05T09:00:00Z' });
    const first =
      state ??
      this.stream.reduce<MachineState | undefined>((s, e) => evolveMachine(s, e, layersOf(content)), undefined)!;
    this.machine = createMachine({
      state: first,
      content,
      clock: realClock,
      chance: seeded(seed),
      scheduler,
      resume: true,
      onEvents: (events) => this.stream.push(...structuredClone(events)),
      onFault: (error) => {
        throw error;
      },
    });
  }

  async open() {
    await this.machine.run({ type: 'terminal:open', terminal: 'main', columns: 100, rows: 30 });
    await this.quiet();
  }

  async types(line: string): Promise<string> {
    const before = this.screen.length;
    await this.machine.run({
      type: 'terminal:type',
      terminal: 'main',
      data: `${line}\r`,
      client: 'aaaaaaaa',
      seq: ++this.#seq,
    });
    await this.quiet();
    return this.screen.slice(before);
  }

  /** Until two frames have brought nothing new. */
  async quiet() {
    for (let still = 0, length = -1; still < 3; ) {
      await realClock.sleep(20);
      still = this.stream.length === length ? still + 1 : 0;
      length = this.stream.length;
    }
  }

  get screen(): string {
    // Without the escape sequences that colour a prompt or move the cursor.
    return (this.machine.state.terminals.get('main')?.screen ?? '').replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
  }

  replayed(): MachineState {
    return this.stream.reduce<MachineState | undefined>(
      (state, event) => evolveMachine(state, event, layersOf(this.content)),
      undefined,
    )!;
  }
}

const plain = (state: MachineState) => JSON.parse(JSON.stringify(serialiseMachine(state, { private: true })));

describe('a computer', () => {
  let ana: Person;
  beforeAll(async () => {
    ana = new Person();
    await ana.open();
  });

  it('gives a prompt', () => {
    expect(ana.screen).toContain('ana@laptop:~$');
  });

  it('runs a container that writes on its own sheet, keeps it when stopped, and loses it when removed', async () => {
    expect(await ana.types('docker pull -q busybox')).toContain('docker.io/library/busybox:latest');
    expect(await ana.types('docker run -it --name web busybox sh')).toContain('/ #');
    expect(ana.machine.state.terminals.get('main')?.at.inside).toMatchObject({ name: 'web', by: 'attach' });
    await ana.types('echo ana > /etc/motd');
    expect(await ana.types('cat /etc/motd')).toContain('\r\nana\r\n');
    expect(await ana.types('exit')).toContain('ana@laptop:~$');
    expect(ana.machine.state.terminals.get('main')?.at.inside).toBeUndefined();
    expect(await ana.types('docker diff web')).toContain('C /etc\r\nA /etc/motd\r\n');
    expect(await ana.types('docker ps -a')).toMatch(/Exited \(0\) .* web/);
    expect(await ana.types('docker start -ai web')).toContain('/ #');
    expect(await ana.types('cat /etc/motd')).toContain('\r\nana\r\n');
    await ana.types('exit');
    expect(await ana.types('docker rm web')).toContain('\r\nweb\r\n');
    expect(await ana.types('docker run --rm busybox cat /etc/motd')).not.toContain('ana\r\n');
  });

  it('replayed from its stream is the computer that was lived', () => {
    expect(plain(ana.replayed())).toEqual(plain(ana.machine.state));
  });

  it('is the same after it was stored and read again', () => {
    const state = ana.machine.state;
    expect(plain(parseMachine(plain(state), layersOf(ana.content)))).toEqual(plain(state));
  });
});

describe('a computer that lost its server', () => {
  it('goes on inside the container, at the prompt, with what the shell knew', async () => {
    const before = new Person();
    await before.open();
    await before.types('docker pull -q busybox');
    await before.types('cd /tmp; X=host');
    await before.types('docker run -it --name web busybox sh');
    await before.types('cd /etc; Y=inside; echo kept > /new');
    const state = before.replayed();
    before.machine.stop();

    const after = new Person(before.content, state, 2);
    await after.quiet();
    const screen = after.screen;
    expect(await after.types('echo $PWD $Y; cat /new')).toContain('/etc inside\r\nkept');
    expect(after.screen.startsWith(screen)).toBe(true);
    await after.types('exit');
    expect(await after.types('echo $PWD $X')).toContain('/tmp host');
    expect(await after.types('docker ps -a')).toContain('web');
  });
});

describe('any computer', () => {
  it('replayed from its stream is the computer that was lived, whatever is typed', async () => {
    const line = fc.constantFrom(
      'echo a >> f',
      'rm f',
      'mkdir d; mv f d',
      'docker run --name web -dit busybox sh',
      'docker exec web sh -c "echo x > /etc/motd"',
      'docker exec web rm /etc/passwd',
      'docker rm -f web',
      'docker commit web mine:1',
      'docker stop -t 0 web',
      'docker start web',
      'docker rmi mine:1',
      'docker run --rm -v v:/data busybox touch /data/x',
      'docker volume rm v',
      'docker rename web web',
      'nonsense',
      'exit',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
        const person = new Person();
        await person.open();
        await person.types('docker pull -q busybox');
        for (const each of lines) await person.types(each);
        expect(plain(person.replayed())).toEqual(plain(person.machine.state));
        person.machine.stop();
      }),
      { numRuns: 6, seed: 7 },
    );
  });
});
