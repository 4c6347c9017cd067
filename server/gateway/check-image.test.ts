import { describe, expect, it } from 'vitest';
import { checkDockerfile } from './check-image';

describe('checking a Dockerfile', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkDockerfile('FROM busybox\nRUN echo hi > /etc/motd\nCMD ["sh"]\n')).toEqual([]);
  });

  it('names the line, what is wrong, and what was probably meant', () => {
    expect(checkDockerfile('FROM busybox\nRUNN echo hi\n')).toMatchObject([
      {
        line: 2,
        endLine: 2,
        severity: 'error',
        message: expect.stringContaining('RUNN'),
        suggestion: expect.stringContaining('RUN'),
      },
    ]);
    expect(checkDockerfile('')).toMatchObject([{ line: 1, severity: 'error' }]);
  });

  it('warns by Docker’s own rules', () => {
    expect(checkDockerfile('FROM busybox\nCMD echo hi\n')).toMatchObject([
      { line: 2, severity: 'warning', rule: 'JSONArgsRecommended' },
    ]);
  });
});
