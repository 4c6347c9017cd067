import { describe, expect, it } from 'vitest';
import { Workbench } from './testing/workbench';

describe('a build', () => {
  it('runs, copies and keeps settings', async () => {
    const bench = new Workbench();
    bench.context({ motd: 'hello\n' });
    const built = await bench.build(
      'FROM busybox\nWORKDIR /app\nCOPY motd .\nRUN echo built > out\nCMD ["cat", "motd"]\n',
    );
    expect(built.image.config.config).toMatchObject({ Cmd: ['cat', 'motd'], WorkingDir: '/app' });
    const files = bench.look(built);
    expect(new TextDecoder().decode(files.readFile('/app/out'))).toBe('built\n');
    expect(new TextDecoder().decode(files.readFile('/app/motd'))).toBe('hello\n');
  });
});
