import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { script, stage } from './testing/stage';
import { ashQuoted, singleQuoted } from './trace';

const out = async (text: string) => (await script(text)).out;

describe('words', () => {
  it('survive quoting, whatever they are', async () => {
    const on = stage();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const plain = text.replace(/[\0\ud800-\udfff]/g, '');
        for (const quote of [singleQuoted, ashQuoted])
          expect((await script(`printf %s ${quote(plain)}`, { on })).out).toBe(plain);
      }),
      { numRuns: 30 },
    );
  });

  it('are split as read splits them', async () => {
    const on = stage();
    const text = fc.array(fc.constantFrom('a', 'b', ':', ' '), { maxLength: 8 }).map((chars) => chars.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const program = `IFS=' :'; x=${singleQuoted(value)}; args $x`;
        expect((await script(program, { on })).out).toBe(
          `${split(value)
            .map((one) => `<${one}>`)
            .join('')}\n`,
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** POSIX 2.6.5 by the letter, for blanks and colons. */
function split(text: string): string[] {
  const trimmed = text.replace(/^ +/, '').replace(/ +$/, '');
  if (trimmed === '') return [];
  const fields = trimmed.split(/ *: *| +/);
  if (/: *$/.test(trimmed)) fields.pop();
  return fields;
}

describe('pipelines stream', () => {
  it('a reader that leaves ends the writer', async () => {
    expect(await out('yes | head -3')).toBe('y\ny\ny\n');
  });

  it('output comes while the writer still runs', async () => {
    expect(await out('{ echo first; sleep 3600; echo last; } | head -1')).toBe('first\n');
  });

  it('a pipeline of many stages takes more than a pipe holds', async () => {
    expect(await out('i=0; while [ $i -lt 9000 ]; do echo 0123456789; i=$((i+1)); done | cat | cat | wc')).toBe(
      '9000\n',
    );
  });

  it('the status is the last stage’s, or with pipefail the last that failed', async () => {
    expect(await out('(exit 3) | true; echo $?; set -o pipefail; (exit 3) | (exit 4) | true; echo $?')).toBe('0\n4\n');
  });
});

describe('exec', () => {
  it('replaces the shell in its process', async () => {
    const { system } = stage();
    const result = await script('echo $$; exec sh -c "echo \\$\\$"', {});
    const [before, after] = result.out.trim().split('\n');
    expect(after).toBe(before);
    expect(system.over).toBe(false);
  });

  it('keeps redirections', async () => {
    expect(await out('exec 3>/tmp/f; echo kept >&3; exec 3>&-; cat /tmp/f')).toBe('kept\n');
  });
});

describe('standard input', () => {
  it('of a shell that reads commands is left to the commands', async () => {
    const result = await script('', { argv: ['sh'], input: 'read x\nthe next line\necho "[$x]"\ncat\nrest\n' });
    expect(result.out).toBe('[the next line]\nrest\n');
  });

  it('may hold compound commands and here-documents', async () => {
    const result = await script('', { argv: ['sh'], input: 'if true\nthen\ncat <<E\nin $((1+1))\nE\nfi\nnosuch\n' });
    expect(result).toEqual({ out: 'in 2\n', err: 'sh: line 7: nosuch: not found\n', status: 127 });
  });
});

describe('braces, bash’s', () => {
  it.each([
    ['a{b,c}d', 'abd acd'],
    ['{1..4} {4..1..2} {a..c}', '1 2 3 4 4 2 a b c'],
    ['{01..03} x{,y} {a} "{a,b}" {a,{b,c}}', '01 02 03 x xy {a} {a,b} a b c'],
  ])('%s', async (text, expected) => {
    expect((await script(`echo ${text}`, { dialect: 'gnu' })).out).toBe(`${expected}\n`);
  });
});

describe('descriptors that are closed', () => {
  it('end no shell', async () => {
    expect(await script('nosuch 2>&-; echo a >&-; echo $? still here')).toMatchObject({
      out: '1 still here\n',
      status: 0,
    });
    expect((await script('exec 2>&-; nosuch; cd /nope; echo on')).out).toBe('on\n');
    expect((await script('exec 0<&-; read x; echo $?; cat')).out).toBe('1\n');
  });
});

describe('bounds', () => {
  it('a fork bomb runs into the process limit, and is gone with its container', async () => {
    const on = stage({ processes: 40 });
    const result = await script(':() { :|:& }; :', { on });
    expect(result.status).toBe(0);
    for (let turn = 0; turn < 400; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(on.system.processes().length).toBeLessThanOrEqual(40);
    on.system.halt();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(on.system.processes().filter((row) => row.state !== 'Z')).toEqual([]);
  });

  it('10,000 background jobs end with EAGAIN', async () => {
    const result = await script('i=0; while [ $i -lt 10000 ]; do sleep 100 & i=$((i+1)); done; echo all', {
      processes: 60,
    });
    expect(result).toMatchObject({ out: '', status: 2 });
    expect(result.err).toBe("sh: line 0: can't fork: Resource temporarily unavailable\n");
  });

  it('bash tries to fork again before it gives up', async () => {
    const retry = 'bash: fork: retry: Resource temporarily unavailable\n';
    const result = await script('r() { (r); }; r', { dialect: 'gnu', processes: 20 });
    expect(result).toMatchObject({
      out: '',
      err: `${retry.repeat(4)}bash: fork: Resource temporarily unavailable\n`,
      status: 254,
    });
  });

  it('a loop that never ends uses up its turn', async () => {
    const on = stage({ cpuBudget: 30 });
    on.system.beginTurn();
    expect((await script('while :; do :; done', { on })).status).toBe(152);
  });

  it.each([
    ['a function', 'f() { f; }; f', 'sh: line 0: function recursion limit exceeded\n'],
    ['eval in a function', 'f() { eval f; }; f', 'sh: eval: line 0: function recursion limit exceeded\n'],
    ['a variable', 'x=0123456789; while :; do x=$x$x; done', 'sh: line 0: out of memory\n'],
    [
      'an expression',
      `echo $((${'('.repeat(3000)}1${')'.repeat(3000)}))`,
      'sh: line 0: expression recursion loop detected\n',
    ],
    ['subshells', '('.repeat(5000), 'sh: line 0: syntax error: nested too deeply\n'],
    ['substitutions', `echo ${'$(echo '.repeat(1000)}`, 'sh: line 0: syntax error: nested too deeply\n'],
  ])('%s within itself ends', async (_, text, err) => {
    const result = await script(text);
    expect(result.err).toBe(err);
    expect(result.status).toBe(2);
  });

  // Recorded: with no function to count, every shell's stack overflows.
  it.each([
    ['busybox', `x='eval "$x"'; eval "$x"; echo after`],
    ['busybox', `echo '. /tmp/s' > /tmp/s; . /tmp/s; echo after`],
    ['dash', `x='eval "$x"'; eval "$x"; echo after`],
    ['gnu', 'f() { f; }; f; echo after'],
    ['gnu', `trap 'echo bye' EXIT; f() { f; }; f`],
  ] as const)('%s crashes on %s', async (dialect, text) => {
    expect(await script(text, { dialect })).toMatchObject({ out: '', err: '', status: 139 });
  });

  it('a script that calls itself runs out of processes', async () => {
    const result = await script(`printf 'sh /tmp/s; :\\n' > /tmp/s; sh /tmp/s; echo $?`, { processes: 30 });
    expect(result.err).toContain("can't fork: Resource temporarily unavailable");
    expect(result.out).toBe('0\n');
  });
});
