import { command } from './declare';

/** `docker builder`: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const builderCommands = [
  command(
    'builder prune',
    '',
    'Remove build cache',
    `
-a, --all  Remove all unused build cache, not just dangling ones
--filter filter  Provide filter values (e.g. "until=24h")
-f, --force  Do not prompt for confirmation
--keep-storage bytes  Amount of disk space to keep for cache
`,
  ),
];
