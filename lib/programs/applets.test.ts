import { describe, expect, it } from 'vitest';
import { Computer } from './testing/play';

describe('busybox applets', () => {
  it('list', async () => {
    const box = new Computer();
    box.write('/tmp/f', 'one\ntwo\nthree\n');
    box.fs.mkdir('/tmp/d', 0o755);
    for (const line of process.env.TRY?.split('\n') ?? []) {
      const result = await box.run(line.split(' '));
      console.log(`$ ${line}\n${result.stdout}${result.stderr}[${result.exitCode}]`);
    }
    expect(1).toBe(1);
  });
});
