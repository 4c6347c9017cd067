import { command, plainFormat, tableFormat } from './declare';

/** Commands on the engine itself: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const systemCommands = [
  command(
    'version',
    '[OPTIONS]',
    'Show the Docker version information',
    `
-f, --format string  ${plainFormat}
`,
  ),
  command(
    'system info, info',
    '[OPTIONS]',
    'Display system-wide information',
    `
-f, --format string  ${plainFormat}
`,
  ),
  command(
    'system df',
    '[OPTIONS]',
    'Show docker disk usage',
    `
--format string  ${tableFormat}
-v, --verbose  Show detailed information on space usage
`,
  ),
  command(
    'system events, events',
    '[OPTIONS]',
    'Get real time events from the server',
    `
-f, --filter filter  Filter output based on conditions provided
--format string  ${plainFormat}
--since string  Show all events created since timestamp
--until string  Stream events until this timestamp
`,
  ),
  command(
    'system prune',
    '[OPTIONS]',
    'Remove unused data',
    `
-a, --all  Remove all unused images not just dangling ones
--filter filter  Provide filter values (e.g. "label=<key>=<value>")
-f, --force  Do not prompt for confirmation
--volumes  Prune anonymous volumes
`,
  ),
  command(
    'inspect',
    '[OPTIONS] NAME|ID [NAME|ID...]',
    'Return low-level information on Docker objects',
    `
-f, --format string  ${plainFormat}
-s, --size  Display total file sizes if the type is container
--type string  Only inspect objects of the given type
`,
  ),
];
