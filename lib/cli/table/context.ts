import { command, plainFormat, tableFormat } from './declare';

/** `docker context`: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const contextCommands = [
  command(
    'context create',
    '[OPTIONS] CONTEXT',
    'Create a context',
    `
--description string  Description of the context
--docker stringToString  set the docker endpoint (default [])
--from string  create context from a named context
`,
  ),
  command(
    'context export',
    '[OPTIONS] CONTEXT [FILE|-]',
    'Export a context to a tar archive FILE or a tar stream on STDOUT.',
  ),
  command('context import', 'CONTEXT FILE|-', 'Import a context from a tar or zip file'),
  command(
    'context inspect',
    '[OPTIONS] [CONTEXT] [CONTEXT...]',
    'Display detailed information on one or more contexts',
    `
-f, --format string  ${plainFormat}
`,
  ),
  command(
    'context ls, context list',
    '[OPTIONS]',
    'List contexts',
    `
--format string  ${tableFormat}
-q, --quiet  Only show context names
`,
  ),
  command(
    'context rm, context remove',
    'CONTEXT [CONTEXT...]',
    'Remove one or more contexts',
    `
-f, --force  Force the removal of a context in use
`,
  ),
  command('context show', '', 'Print the name of the current context'),
  command(
    'context update',
    '[OPTIONS] CONTEXT',
    'Update a context',
    `
--description string  Description of the context
--docker stringToString  set the docker endpoint (default [])
`,
  ),
  command('context use', 'CONTEXT', 'Set the current docker context'),
];
