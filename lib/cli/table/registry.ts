import { command } from './declare';

/** Commands that talk to a registry: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const registryCommands = [
  command(
    'login',
    '[OPTIONS] [SERVER]',
    'Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.',
    `
-p, --password string  Password or Personal Access Token (PAT)
--password-stdin  Take the Password or Personal Access Token (PAT) from stdin
-u, --username string  Username
`,
  ),
  command(
    'logout',
    '[SERVER]',
    'Log out from a registry.\nIf no server is specified, the default is defined by the daemon.',
  ),
  command(
    'search',
    '[OPTIONS] TERM',
    'Search Docker Hub for images',
    `
-f, --filter filter  Filter output based on conditions provided
--format string  Pretty-print search using a Go template
--limit int  Max number of search results
--no-trunc  Don't truncate output
`,
  ),
];
