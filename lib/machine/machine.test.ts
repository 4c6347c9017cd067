import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Sitter } from '../../tests/support/sitter';
import { changes } from '../snapshot';
import { layersOf, type MachineState, parseMachine, replayMachine, serialiseMachine } from '.';
import { eventsSeen, wholeMachine } from './events';

const plain = (state: MachineState) => JSON.parse(JSON.stringify(serialiseMachine(state, wholeMachine)));

describe('a computer', () => {
  let ana: Sitter;
  beforeAll(async () => {
    ana = new Sitter();
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
    expect(await ana.types('cat /etc/motd')).toContain('\nana\n');
    expect(await ana.types('exit')).toContain('ana@laptop:~$');
    expect(ana.machine.state.terminals.get('main')?.at.inside).toBeUndefined();
    expect(await ana.types('docker diff web')).toContain('C /etc\nA /etc/motd\n');
    expect(await ana.types('docker ps -a')).toMatch(/Exited \(0\) .* web/);
    expect(await ana.types('docker start -ai web')).toContain('/ #');
    expect(await ana.types('cat /etc/motd')).toContain('\nana\n');
    await ana.types('exit');
    expect(await ana.types('docker rm web')).toContain('\nweb\n');
    expect(await ana.types('docker run --rm busybox cat /etc/motd')).not.toContain('ana\n');
  });

  it('gives a container the limits that were asked for', async () => {
    const limits = '--ulimit nofile=20:40 --ulimit fsize=1024 --ulimit core=-1';
    expect(
      await ana.types(`docker run --rm ${limits} busybox sh -c 'ulimit -n; ulimit -Hn; ulimit -f; ulimit -c'`),
    ).toContain('\n20\n40\n2\nunlimited\n');
  });

  it('replayed from its stream is the computer that was lived', () => {
    expect(plain(ana.replayed())).toEqual(plain(ana.machine.state));
  });

  it('is the same after it was stored and read again', () => {
    const state = ana.machine.state;
    expect(plain(parseMachine(plain(state), layersOf(ana.content)))).toEqual(plain(state));
  });
});

describe('a teacher with tools', () => {
  it('undoes the last command: files, and a container that was removed', async () => {
    const bo = new Sitter();
    await bo.open();
    await bo.types('docker run -dit --name web busybox sh');
    await bo.types('docker exec web sh -c "echo one > /x"');
    await bo.types('docker exec web sh -c "echo two > /x; rm /etc/group"');
    expect(await bo.machine.run({ type: 'sheet:undo' })).toEqual({ ok: true });
    expect(await bo.types('docker exec web cat /x; docker diff web')).toMatch(/one\nA \/x\n/);
    await bo.types('docker rm -f web');
    await bo.machine.run({ type: 'sheet:undo' });
    expect(await bo.types('docker ps -a --format "{{.Names}} {{.State}}"')).toContain('web exited');
    await bo.types('docker start web');
    expect(await bo.types('docker exec web cat /x')).toContain('one');
    expect(plain(bo.replayed())).toEqual(plain(bo.machine.state));
    expect(await bo.machine.run({ type: 'sheet:undo' })).toEqual({ ok: true });
    expect(await bo.types('docker exec web ls /x')).toContain('No such file');
    expect(await bo.machine.run({ type: 'sheet:undo' })).toMatchObject({ ok: false, code: 'conflict' });
    bo.machine.stop();
  });

  it('undoes what was done before the server was lost, from the stream alone', async () => {
    const before = new Sitter();
    await before.open();
    await before.types('docker run -dit --name web busybox sh');
    await before.types('docker exec web sh -c "echo one > /x"');
    await before.types('docker exec web sh -c "echo two > /x"');
    await before.types('docker exec web rm /etc/group');
    await before.machine.run({ type: 'sheet:undo' });
    const state = before.replayed();
    before.machine.stop();

    const after = new Sitter(before.content, parseMachine(plain(state), layersOf(before.content)), 2, before.stream);
    await after.quiet();
    expect(await after.machine.run({ type: 'sheet:undo' })).toEqual({ ok: true });
    expect(await after.types('docker exec web cat /x /etc/group')).toMatch(/one\s+root/);
    expect(await after.machine.run({ type: 'sheet:undo' })).toEqual({ ok: true });
    expect(await after.types('docker diff web')).not.toContain('/x');
    expect(await after.machine.run({ type: 'sheet:undo' })).toMatchObject({ ok: false, code: 'conflict' });
    expect(plain(after.replayed())).toEqual(plain(after.machine.state));
    after.machine.stop();
  });

  it('remembers each command that changed something, as it was typed wherever it was', async () => {
    const bo = new Sitter();
    await bo.open();
    await bo.types('docker run -it --name web busybox sh');
    for (const line of ['ls /', 'echo a > /a', 'cat /a', 'rm /etc/group', 'exit']) await bo.types(line);
    await bo.types('docker start web');
    await bo.types('docker exec -it web sh');
    await bo.types('echo b > /b');
    for (const [at, data] of ['cat > /typed\r', 'hello\r', '\x04'].entries()) {
      await bo.machine.run({ type: 'terminal:type', terminal: 'main', data, client: 'bbbbbbbb', seq: at + 1 });
      await bo.quiet();
    }
    await bo.types('exit');
    const imageIds = [...bo.machine.state.engine.images.byId.keys()];
    await bo.machine.run({ type: 'container:run', line: 'touch /t', imageIds });
    await bo.machine.run({ type: 'file:give', path: 'gift', text: 'x', inside: true });
    await bo.types('docker rm -f web');
    await bo.machine.run({ type: 'sheet:undo' });
    const { moments } = bo.machine.state;
    expect(moments.map(({ by, text, undone }) => [by, text, undone ?? false])).toEqual([
      ['line', 'echo a > /a', false],
      ['line', 'rm /etc/group', false],
      ['line', 'echo b > /b', false],
      ['line', 'cat > /typed', false],
      ['line', 'cat > /typed', false],
      ['run', 'touch /t', false],
      ['file', 'gift', false],
      ['line', 'docker rm -f web', true],
      ['undo', '', true],
    ]);
    // Each names the version at which things were as before it.
    const [, second] = moments;
    const then = bo.replayed(second!.version);
    const { sheet } = [...then.engine.sheets.values()][0]!;
    expect(changes(sheet.lower, sheet).map(({ path }) => path)).toEqual(['/a']);
    expect(plain(bo.replayed())).toEqual(plain(bo.machine.state));
    bo.machine.stop();
  });

  it('runs a line in every container of the image, and gives a file', async () => {
    const bo = new Sitter();
    await bo.open();
    for (const name of ['aa', 'bb']) await bo.types(`docker run -dit --name ${name} busybox sh`);
    await bo.types('docker exec aa sh -c "echo mine > /x"');
    const imageIds = [...bo.machine.state.engine.images.byId.keys()];
    const outcome = await bo.machine.run({ type: 'container:run', line: 'cat /x', imageIds });
    expect(outcome).toMatchObject({ ok: true });
    const answers = (outcome.ok && outcome.answers) || [];
    expect(answers.map(({ container, exitCode }) => [container, exitCode]).sort()).toEqual([
      ['aa', 0],
      ['bb', 1],
    ]);
    expect(await bo.machine.run({ type: 'file:give', path: '/etc/motd', text: 'hello\n', inside: true })).toEqual({
      ok: true,
      given: 2,
    });
    expect(await bo.types('docker exec bb cat /etc/motd')).toContain('hello');
    await bo.types('docker exec aa sh -c "mkdir -p /gift/inside"');
    expect(await bo.machine.run({ type: 'file:give', path: 'gift', text: 'hello\n', inside: true })).toEqual({
      ok: true,
      given: 1,
      refused: [
        {
          container: 'aa',
          message: 'gift could not be written: Is a directory.',
          detail: { path: 'gift', why: 'Is a directory', reason: 'file.unwritten' },
        },
      ],
    });
    await bo.types('mkdir ~/tips.txt');
    expect(await bo.machine.run({ type: 'file:give', path: 'tips.txt', text: 'x', inside: false })).toMatchObject({
      ok: false,
      code: 'conflict',
      detail: { reason: 'file.unwritten' },
    });
    await bo.types('rmdir ~/tips.txt');
    await bo.machine.run({ type: 'file:give', path: 'tips.txt', text: 'docker ps -a\n', inside: false });
    expect(await bo.types('cat ~/tips.txt')).toContain('docker ps -a');
    bo.machine.stop();
  });
});

describe('a line in every container that does not end', () => {
  it('is ended, with what it started, and its answer says so', async () => {
    const bo = new Sitter();
    await bo.open();
    await bo.types('docker run -dit --name aa busybox sh');
    const imageIds = [...bo.machine.state.engine.images.byId.keys()];
    const line = 'sleep 1000 & echo begun; while :; do sleep 1; done';
    const outcome = await bo.machine.run({ type: 'container:run', line, imageIds });
    expect(outcome).toEqual({
      ok: true,
      answers: [{ container: 'aa', output: 'begun\n', exitCode: 137, endedAfter: 5 }],
    });
    const left = await bo.types('docker exec aa ps');
    // What was killed and had nobody who waits for it stands there as a zombie, `[sleep]`.
    expect(left).not.toMatch(/root +(sleep|sh -c)/);
    expect(await bo.types('docker ps')).toContain('aa');
    bo.machine.stop();
  }, 20_000);
});

describe('the registry in the room', () => {
  it('takes an image of one’s own, tells which layers it has, and gives it to a neighbour', async () => {
    const ana = new Sitter();
    await ana.open();
    await ana.types('docker run --name web busybox sh -c "echo a > /x"');
    await ana.types('docker commit web ana/mine:1');
    await ana.types('docker tag busybox library/busybox:mine');
    expect(await ana.types('docker push busybox:mine')).toContain('denied');
    const told = await ana.types('docker push ana/mine:1');
    expect(told).toMatch(/Pushed/);
    expect(told).toMatch(/Layer already exists/);
    const pushed = ana.stream.find((event) => event.type === 'registry:pushed')!;
    ana.machine.stop();

    const bo = new Sitter(ana.content);
    await bo.open();
    expect(await bo.types('docker pull ana/mine:1')).toContain('pull access denied');
    await bo.machine.run({
      type: 'registry:offer',
      image: pushed.type === 'registry:pushed' ? pushed.image : (undefined as never),
    });
    expect(await bo.types('docker pull ana/mine:1')).toContain('Downloaded newer image for ana/mine:1');
    expect(await bo.types('docker run --rm ana/mine:1 cat /x')).toContain('a\n');
    expect(plain(bo.replayed())).toEqual(plain(bo.machine.state));
    bo.machine.stop();
  });
});

describe('a person', () => {
  it('is nobody’s matter who sees less than the whole computer', async () => {
    const bo = new Sitter();
    await bo.open();
    for (let n = 0; n < 3; n++) await bo.types('cat /a');
    const { state } = bo.machine;
    expect(serialiseMachine(state, wholeMachine).person.stuckOn).toBe('cat /a');
    for (const seen of [true, false]) {
      const view = { private: seen, person: false };
      expect(serialiseMachine(state, view).person).toEqual({});
      expect(eventsSeen(bo.stream, view).some(({ type }) => type.startsWith('person:'))).toBe(false);
    }
    expect(eventsSeen(bo.stream, { private: false, person: true })).toContainEqual({
      type: 'person:stuck',
      line: 'cat /a',
    });
    bo.machine.stop();
  });

  it('is stuck when the same command fails three times, until something works', async () => {
    const bo = new Sitter();
    await bo.open();
    for (const file of ['/a', '/a', '/b']) await bo.types(`cat ${file}`);
    expect(bo.machine.state.person.stuckOn).toBeUndefined();
    for (let n = 0; n < 3; n++) await bo.types('cat /a');
    expect(bo.machine.state.person.stuckOn).toBe('cat /a');
    expect(bo.machine.state.person.lastAt).toBeGreaterThan(0);
    await bo.types('true');
    expect(bo.machine.state.person.stuckOn).toBeUndefined();
    expect(plain(bo.replayed())).toEqual(plain(bo.machine.state));
    bo.machine.stop();
  });

  it('is stuck inside a container at the third failure, not before and not after', async () => {
    const bo = new Sitter();
    await bo.open();
    await bo.types('docker pull -q busybox');
    await bo.types('docker run -it --name web busybox sh');
    for (const stuckOn of [undefined, undefined, 'cat /nowhere']) {
      await bo.types('cat /nowhere');
      expect(bo.machine.state.person.stuckOn).toBe(stuckOn);
    }
    bo.machine.stop();
  });
});

describe('a page and an editor', () => {
  it('opens the page’s editor for vi, writes when it is closed, and keeps the text when it cannot', async () => {
    const bo = new Sitter();
    await bo.open();
    await bo.types('docker run -it --name web busybox sh');
    const typed = bo.machine.run({
      type: 'terminal:type',
      terminal: 'main',
      data: 'vi /notes\r',
      client: 'bbbbbbbb',
      seq: 1,
    });
    await typed;
    await bo.quiet();
    expect(bo.machine.state.terminals.get('main')?.editing).toEqual({ path: '/notes', text: '' });
    await bo.machine.run({ type: 'editor:close', terminal: 'main', text: 'milk\n' });
    await bo.quiet();
    expect(bo.machine.state.terminals.get('main')?.editing).toBeUndefined();
    expect(await bo.types('cat /notes')).toContain('milk');
    await bo.machine.run({
      type: 'terminal:type',
      terminal: 'main',
      data: 'vi /proc/version\r',
      client: 'bbbbbbbb',
      seq: 2,
    });
    await bo.quiet();
    const refused = await bo.machine.run({ type: 'editor:close', terminal: 'main', text: 'x' });
    expect(refused).toMatchObject({ ok: false, code: 'conflict' });
    expect(bo.machine.state.terminals.get('main')?.editing).toBeDefined();
    await bo.machine.run({ type: 'editor:close', terminal: 'main' });
    await bo.quiet();
    expect(await bo.types('echo $?')).toContain('0');
    expect(plain(bo.replayed())).toEqual(plain(bo.machine.state));
    bo.machine.stop();
  });

  it('fetches what a container serves from its own files, and says when nothing answers', async () => {
    const bo = new Sitter();
    await bo.open();
    const request = { port: 8080, method: 'GET', path: '/', headers: {}, body: '' };
    expect(await bo.machine.run({ type: 'page:fetch', request })).toMatchObject({ ok: false, code: 'unavailable' });
    await bo.types('docker run -d --name site -p 8080:80 nginx');
    await bo.types('docker exec site sh -c "echo hello from bo > /usr/share/nginx/html/index.html"');
    const outcome = await bo.machine.run({ type: 'page:fetch', request });
    const page = outcome.ok ? outcome.page : undefined;
    expect(page?.status).toBe(200);
    expect(new TextDecoder().decode(page?.body)).toContain('hello from bo');
    expect(await bo.types('curl -s localhost:8080')).toContain('hello from bo');
    bo.machine.stop();
  });
});

describe('a computer that lost its server', () => {
  it('goes on inside the container, at the prompt, with what the shell knew', async () => {
    const before = new Sitter();
    await before.open();
    await before.types('docker pull -q busybox');
    await before.types('cd /tmp; X=host');
    await before.types('docker run -it --name web busybox sh');
    await before.types('cd /etc; Y=inside; echo kept > /new');
    const state = before.replayed();
    before.machine.stop();

    const after = new Sitter(before.content, state, 2);
    await after.quiet();
    const screen = after.screen;
    expect(await after.types('echo $PWD $Y; cat /new')).toContain('/etc inside\nkept');
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
        const person = new Sitter();
        await person.open();
        await person.types('docker pull -q busybox');
        for (const each of lines) await person.types(each);
        expect(plain(person.replayed())).toEqual(plain(person.machine.state));
        // Quickly, and from anywhere: what was there before is not written to.
        const layers = layersOf(person.content);
        const half = person.replayed(person.stream.length >> 1);
        const was = plain(half);
        const whole = replayMachine(half, person.stream.slice(person.stream.length >> 1), layers)!;
        expect(plain(whole)).toEqual(plain(person.machine.state));
        expect(plain(half)).toEqual(was);
        person.machine.stop();
      }),
      { numRuns: 6, seed: 7 },
    );
  });
});
