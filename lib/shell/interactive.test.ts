import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminal } from './testing/stage';

const prompt = '/ # ';

async function ready(options: Parameters<typeof terminal>[0] = {}) {
  const on = terminal(options);
  await on.settle();
  return on;
}

describe('a shell at a terminal', () => {
  it('prompts, echoes, runs, prompts', async () => {
    const { type, screen } = await ready();
    expect(screen()).toBe(prompt);
    expect(await type('echo hi\r')).toBe(`echo hi\r\nhi\r\n${prompt}`);
    expect(await type('foo\r')).toBe(`foo\r\nsh: foo: not found\r\n${prompt}`);
  });

  it('asks for the rest of an unfinished command', async () => {
    const { type } = await ready();
    expect(await type('if true\r')).toBe('if true\r\n> ');
    expect(await type('then echo a; fi\r')).toBe(`then echo a; fi\r\na\r\n${prompt}`);
    expect(await type('echo "a\r')).toBe('echo "a\r\n> ');
    expect(await type('b"\r')).toBe(`b"\r\na\r\nb\r\n${prompt}`);
    expect(await type('cat <<E\r')).toBe('cat <<E\r\n> ');
    await type('x\r');
    expect(await type('E\r')).toBe(`E\r\nx\r\n${prompt}`);
    expect(await type('echo a \\\r')).toBe('echo a \\\r\n> ');
    expect(await type('b\r')).toBe(`b\r\na b\r\n${prompt}`);
  });

  it('keeps its state over Ctrl-C', async () => {
    const { type } = await ready();
    await type('x=5\r');
    expect(await type('abc\u0003')).toBe(`abc^C\r\n\r\n${prompt}`);
    expect(await type('echo $? $x\r')).toBe(`echo $? $x\r\n130 5\r\n${prompt}`);
    expect(await type('sleep 5\r')).toBe('sleep 5\r\n');
    expect(await type('\u0003')).toBe(`^C\r\n${prompt}`);
    expect(await type('echo $? $x\r')).toBe(`echo $? $x\r\n130 5\r\n${prompt}`);
  });

  it('interrupts loops: of builtins, of programs, of pipelines', async () => {
    const { type } = await ready();
    await type('while :; do :; done\r');
    expect(await type('\u0003')).toContain(prompt);
    await type('while true; do sleep 1; done\r');
    expect(await type('\u0003')).toBe(`^C\r\n${prompt}`);
    await type('yes | cat | cat > /dev/null\r');
    expect(await type('\u0003')).toBe(`^C\r\n${prompt}`);
    await type('for i in 1 2 3; do cat; done\r');
    expect(await type('\u0003')).toBe(`^C\r\n${prompt}`);
    expect(await type('echo $?\r')).toContain('130');
  });

  it('has jobs', async () => {
    const { type } = await ready();
    await type('sleep 100 &\r');
    expect(await type('jobs\r')).toBe(`jobs\r\n[1]+  Running                    sleep 100\r\n${prompt}`);
    expect(await type('kill %1\r')).toBe(`kill %1\r\n[1]+  Terminated                 sleep 100\r\n${prompt}`);
    await type('sleep 9\r');
    expect(await type('\u001a')).toBe(`^Z[1]+  Stopped                    sleep 9\r\n${prompt}`);
    expect(await type('echo $?\r')).toContain('148');
    expect(await type('fg\r')).toBe('fg\r\nsleep 9\r\n');
    expect(await type('\u0003')).toBe(`^C\r\n${prompt}`);
  });

  it('stops a background reader', async () => {
    const { type } = await ready();
    await type('cat &\r');
    expect(await type('\r')).toContain('Stopped (tty input)');
  });

  it('gives programs a terminal in line mode', async () => {
    const { type } = await ready();
    await type('cat\r');
    expect(await type('ab\u007fc\r')).toBe('ab\b \bc\r\nac\r\n');
    expect(await type('\u0004')).toBe(prompt);
  });

  it('hands typed-ahead lines on, shown once', async () => {
    const { type } = await ready();
    expect(await type('echo a\recho b\r')).toBe(`echo a\r\na\r\n${prompt}echo b\r\nb\r\n${prompt}`);
    expect(await type('cat\rone\r\u0004echo two\r')).toContain('one\r\n');
    expect(await type('echo three\r')).toContain(`three\r\n${prompt}`);
  });

  it('reads into variables, silently when told', async () => {
    const { type } = await ready();
    expect(await type('read -p "name: " n\r')).toBe('read -p "name: " n\r\nname: ');
    await type('ana\r');
    expect(await type('echo $n\r')).toContain('\r\nana\r\n');
    await type('read -s p\r');
    expect(await type('secret\r')).not.toContain('secret');
  });

  it('leaves at Ctrl-D with the last status', async () => {
    const { type, system, process } = await ready();
    await type('false\r');
    const ended = system.ended(process);
    await type('\u0004');
    expect(await ended).toMatchObject({ exitCode: 1 });
  });

  it('does not take a trap for a death', async () => {
    const { type } = await ready();
    await type('trap "echo got it" INT\r');
    await type('sleep 1\r');
    expect(await type('\u0003')).toBe(`^Cgot it\r\n${prompt}`);
    expect(await type('echo still here\r')).toContain('still here');
  });
});

describe('the line editor', () => {
  it('edits in the middle', async () => {
    const { type } = await ready();
    await type('echo ac');
    await type('\u001b[Db');
    expect(await type('\r')).toContain('abc');
    await type('world\u0001echo hello \r');
    expect(await type('xx yy\u0017\u0015echo killed\r')).toContain('\r\nkilled\r\n');
    expect(await type('echo ab\u0001\u0006\u0006\u000b\r')).toContain('ec: not found');
  });

  it('goes through history', async () => {
    const { type } = await ready();
    await type('echo one\r');
    await type('echo two\r');
    expect(await type('\u001b[A\u001b[A\r')).toContain('\r\none\r\n');
    expect(await type('\u001b[A\u001b[A\u001b[B\r')).toContain('\r\none\r\n');
    expect(await type('\u0012two\r')).toContain('\r\ntwo\r\n');
  });

  it('completes commands, files and directories', async () => {
    const { type } = await ready();
    expect(await type('slee\t')).toContain('sleep ');
    await type('\u0015');
    expect(await type('cat /etc/pas\t')).toContain('/etc/passwd ');
    await type('\u0015');
    expect(await type('ls /et\t')).toContain('/etc/');
    await type('\u0015');
    await type('unk\r');
    expect(await type('un\t\t')).toContain('unalias');
    await type('\u0003');
  });

  it('erases wide characters whole', async () => {
    const { type } = await ready();
    expect(await type('echo 漢字\u007f\r')).toContain('\r\n漢\r\n');
  });

  it('wraps at the edge and comes back', async () => {
    const { type } = await ready();
    const long = 'x'.repeat(100);
    expect(await type(`echo ${long}\u007f\u007fyz\r`)).toContain(`\r\n${'x'.repeat(98)}yz\r\n`);
  });

  it('draws what comes at once at the line’s end as it draws it key by key', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', ' ', '你', 'é', '\u0301', '\u007f'), { maxLength: 120 });
    const long = fc.constantFrom('', 'x'.repeat(74), 'x'.repeat(155));
    await fc.assert(
      fc.asyncProperty(long, keys, async (start, typed) => {
        const [whole, slow] = [await ready(), await ready()];
        const all = await whole.type(start + typed.join(''));
        let drawn = await slow.type(start);
        for (const key of typed) drawn += await slow.type(key);
        expect(drawn).toBe(all);
      }),
      { numRuns: 20 },
    );
  });

  it('takes a pasted block as one input', async () => {
    const { type } = await ready({ dialect: 'gnu' });
    const screen = await type('\u001b[200~echo a\necho b\u001b[201~\r');
    expect(screen.replace(/\x1b\[\?2004[hl]\r?/g, '')).toContain('\r\na\r\nb\r\n');
  });
});

describe('bash at a terminal', () => {
  const clean = (screen: string) => screen.replace(/\x1b\[\?2004[hl]\r?/g, '');

  it('recalls lines with an exclamation mark', async () => {
    const { type } = await ready({ dialect: 'gnu' });
    await type('echo one two\r');
    expect(clean(await type('!!\r'))).toContain('!!\r\necho one two\r\none two\r\n');
    expect(clean(await type('echo !$ !-1\r'))).toContain('\r\ntwo echo one two\r\n');
    expect(clean(await type('!nosuch\r'))).toContain('bash: !nosuch: event not found');
    expect(clean(await type("echo 'a!b' c!\r"))).toContain('\r\na!b c!\r\n');
  });

  it('words its prompt, jobs and errors as bash', async () => {
    const { type } = await ready({ dialect: 'gnu' });
    expect(clean(await type('nosuch\r'))).toBe('nosuch\r\nbash: nosuch: command not found\r\nbash-5.2# ');
    expect(clean(await type('sleep 9 &\r'))).toMatch(/^sleep 9 &\r\n\[1\] \d+\r\n/);
    expect(clean(await type('jobs\r'))).toContain('[1]+  Running                 sleep 9 &\r\n');
    expect(clean(await type('exit\r'))).toBe('exit\r\nexit\r\n');
  });
});

describe('checkpoint', () => {
  it('goes on with all that it knew, at a prompt', async () => {
    const first = await ready();
    await first.type('x=1; export y=2; readonly z=3; alias ll="echo listed"; f() { echo "f $1"; }\r');
    await first.type('cd /tmp; umask 077; set -u; false\r');
    await first.type('if true\r');
    await first.type('then ec');
    const saved = JSON.parse(JSON.stringify(first.process.checkpoint!()));
    const second = await ready({ restore: saved });
    expect(second.screen()).toBe('> then ec');
    expect(await second.type('ho $? $x $y $z; f a; fi; umask; pwd\r')).toContain('0 1 2 3\r\nf a\r\n0077\r\n/tmp\r\n');
    expect(await second.type('ll\r')).toContain('listed');
    expect(await second.type('echo $nope\r')).toContain('sh: nope: parameter not set');
    expect(await second.type('\u001b[A\u001b[A\r')).toContain('listed');
  });
});
