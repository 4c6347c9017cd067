import { command, plainFormat, tableFormat } from './declare';

/** `docker plugin`: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const pluginCommands = [
  command(
    'plugin create',
    '[OPTIONS] PLUGIN PLUGIN-DATA-DIR',
    'Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.',
    `
--compress  Compress the context using gzip
`,
  ),
  command(
    'plugin disable',
    '[OPTIONS] PLUGIN',
    'Disable a plugin',
    `
-f, --force  Force the disable of an active plugin
`,
  ),
  command(
    'plugin enable',
    '[OPTIONS] PLUGIN',
    'Enable a plugin',
    `
--timeout int  HTTP client timeout (in seconds) (default 30)
`,
  ),
  command(
    'plugin inspect',
    '[OPTIONS] PLUGIN [PLUGIN...]',
    'Display detailed information on one or more plugins',
    `
-f, --format string  ${plainFormat}
`,
  ),
  command(
    'plugin install',
    '[OPTIONS] PLUGIN [KEY=VALUE...]',
    'Install a plugin',
    `
--alias string  Local name for plugin
--disable  Do not enable the plugin on install
--disable-content-trust  Skip image verification (default true)
--grant-all-permissions  Grant all permissions necessary to run the plugin
`,
  ),
  command(
    'plugin ls, plugin list',
    '[OPTIONS]',
    'List plugins',
    `
-f, --filter filter  Provide filter values (e.g. "enabled=true")
--format string  ${tableFormat}
--no-trunc  Don't truncate output
-q, --quiet  Only display plugin IDs
`,
  ),
  command(
    'plugin push',
    '[OPTIONS] PLUGIN[:TAG]',
    'Push a plugin to a registry',
    `
--disable-content-trust  Skip image signing (default true)
`,
  ),
  command(
    'plugin rm, plugin remove',
    '[OPTIONS] PLUGIN [PLUGIN...]',
    'Remove one or more plugins',
    `
-f, --force  Force the removal of an active plugin
`,
  ),
  command('plugin set', 'PLUGIN KEY=VALUE [KEY=VALUE...]', 'Change settings for a plugin'),
  command(
    'plugin upgrade',
    '[OPTIONS] PLUGIN [REMOTE]',
    'Upgrade an existing plugin',
    `
--disable-content-trust  Skip image verification (default true)
--grant-all-permissions  Grant all permissions necessary to run the plugin
--skip-remote-check  Do not check if specified remote plugin matches existing plugin image
`,
  ),
];
