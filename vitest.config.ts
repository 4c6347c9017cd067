import { defineConfig } from 'vitest/config';

/**
 * Two projects: `unit` (beside the files, and what runs in memory) is `npm run check`'s; `system` starts servers, browsers and
 * Redis, one file after another, and runs in `npm test` alone.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'lib/**/*.test.{ts,tsx}',
            'app/**/*.test.{ts,tsx}',
            'server/**/*.test.ts',
            'tests/{architecture,peers}/**/*.test.ts',
            'tests/contract/**/*.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'system',
          include: [
            'tests/{server,e2e,classroom,conformance,lessons,differential,fuzz,shell-corpus,interop}/**/*.test.ts',
          ],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
