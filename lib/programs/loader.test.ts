import { describe, expect, it } from 'vitest';
import { executableFile } from '.';
import { Computer } from './testing/play';

describe('what an executable is', () => {
  it('is its content: a copy under another path is still the program', async () => {
    const box = new Computer({ dialect: 'gnu' });
    box.fs.writeFile('/tmp/mine', box.fs.readFile('/bin/uname'), 0o755);
    expect(await box.run(['/tmp/mine'])).toEqual({ stdout: 'Linux\n', stderr: '', exitCode: 0 });
  });

  it('goes by the name it is run under in busybox', async () => {
    const box = new Computer();
    expect(await box.run(['busybox', 'echo', 'hi'])).toEqual({ stdout: 'hi\n', stderr: '', exitCode: 0 });
    expect(await box.run(['busybox', 'nosuch'])).toEqual({
      stdout: '',
      stderr: 'nosuch: applet not found\n',
      exitCode: 127,
    });
    box.fs.link('/bin/busybox', '/tmp/nosuch');
    expect(await box.run(['/tmp/nosuch'])).toEqual({ stdout: '', stderr: 'nosuch: applet not found\n', exitCode: 127 });
    expect((await box.run(['busybox', '--list'])).stdout.split('\n')).toContain('ls');
  });

  it("lets a student's own script win", async () => {
    const box = new Computer();
    box.fs.unlink('/bin/ls');
    box.write('/bin/ls', '#!/bin/sh\necho mine "$@"\n', 0o755);
    expect(await box.run(['sh', '-c', 'ls -l'])).toEqual({ stdout: 'mine -l\n', stderr: '', exitCode: 0 });
  });

  it('says plainly that machine code is not run, but plays a real busybox', async () => {
    const box = new Computer();
    const elf = (words: string) =>
      Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...new TextEncoder().encode(words)]);
    box.fs.writeFile('/tmp/prog', elf('some program'), 0o755);
    expect(await box.run(['/tmp/prog'])).toEqual({
      stdout: '',
      stderr: '/tmp/prog: this file holds machine code; Dockerland simulates programs and cannot run it\n',
      exitCode: 126,
    });
    box.fs.writeFile('/tmp/cat', elf('not that one'), 0o755);
    expect((await box.run(['/tmp/cat'])).exitCode).toBe(126);
    box.fs.writeFile('/tmp/echo', elf('xx BusyBox v1.36.1 (2023-05-18) yy'), 0o755);
    expect(await box.run(['/tmp/echo', 'real'])).toEqual({ stdout: 'real\n', stderr: '', exitCode: 0 });
  });

  it('is nothing that can be run without the mark', async () => {
    const box = new Computer();
    box.fs.writeFile('/tmp/text', new TextEncoder().encode('plain words\n'), 0o755);
    await expect(box.run(['/tmp/text'])).rejects.toMatchObject({ errno: 'ENOEXEC' });
    box.fs.writeFile('/tmp/unknown', executableFile('no-such-program'), 0o755);
    expect((await box.run(['/tmp/unknown'])).exitCode).toBe(126);
  });
});

describe('streams', () => {
  it.each([
    ['yes | head -n 2', 'y\ny\n'],
    ['yes | grep -m 2 y', 'y\ny\n'],
    ['yes abc | sed 2q', 'abc\nabc\n'],
    ['yes abc | tr a-c A-C | head -n 1', 'ABC\n'],
    ['yes a:b | cut -d: -f2 | head -n 1', 'b\n'],
    ['while true; do echo x; sleep 1; done | head -n 3', 'x\nx\nx\n'],
    ['(sleep 1; echo a b) > log & sleep 0.1; timeout 3 tail -f log | grep b', 'a b\n'],
    ['mkfifo p; cat p & echo hi > p; wait', 'hi\n'],
    ['dd if=/dev/zero bs=1k count=4 2>/dev/null | wc -c', '4096\n'],
    ['cat /dev/urandom | head -c 16 | wc -c', '16\n'],
  ])('%s', async (line, stdout) => {
    expect((await new Computer().run(['sh', '-c', line])).stdout).toBe(stdout);
  });
});

describe('vi', () => {
  it('opens the editor that the page gives, for a person at a terminal', async () => {
    const box = new Computer({ hosts: { editor: { edit: async () => undefined } } });
    expect(await box.run(['vi', 'f'])).toEqual({ stdout: '', stderr: "vi: can't read user input\n", exitCode: 1 });
    expect(await new Computer().run(['vi', 'f'])).toEqual({
      stdout: '',
      stderr: 'vi: there is no editor here: use echo and >, sed -i, or cat > file\n',
      exitCode: 1,
    });
  });
});

describe('a full disk', () => {
  it.each([
    ['yes > /dev/full', 'yes: : No space left on device\n', 1],
    ['seq 3 > /dev/full', 'seq: write error: No space left on device\n', 255],
  ])('%s', async (line, stderr, exitCode) => {
    expect(await new Computer().run(['sh', '-c', line])).toEqual({ stdout: '', stderr, exitCode });
  });
});
