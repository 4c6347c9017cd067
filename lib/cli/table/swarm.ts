import { command, inspectFlags, listFlags, tableFormat, taskFlags } from './declare';

/** `docker swarm` and its relatives: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const swarmCommands = [
  command(
    'config create',
    '[OPTIONS] CONFIG file|-',
    'Create a config from a file or STDIN',
    `
-l, --label list  Config labels
--template-driver string  Template driver
`,
  ),
  command(
    'config inspect',
    '[OPTIONS] CONFIG [CONFIG...]',
    'Display detailed information on one or more configs',
    inspectFlags,
  ),
  command('config ls, config list', '[OPTIONS]', 'List configs', listFlags),
  command('config rm, config remove', 'CONFIG [CONFIG...]', 'Remove one or more configs'),
  command('node demote', 'NODE [NODE...]', 'Demote one or more nodes from manager in the swarm'),
  command(
    'node inspect',
    '[OPTIONS] self|NODE [NODE...]',
    'Display detailed information on one or more nodes',
    inspectFlags,
  ),
  command('node ls, node list', '[OPTIONS]', 'List nodes in the swarm', listFlags),
  command('node promote', 'NODE [NODE...]', 'Promote one or more nodes to manager in the swarm'),
  command(
    'node ps',
    '[OPTIONS] [NODE...]',
    'List tasks running on one or more nodes, defaults to current node',
    taskFlags,
  ),
  command(
    'node rm, node remove',
    '[OPTIONS] NODE [NODE...]',
    'Remove one or more nodes from the swarm',
    `
-f, --force  Force remove a node from the swarm
`,
  ),
  command(
    'node update',
    '[OPTIONS] NODE',
    'Update a node',
    `
--availability string  Availability of the node ("active", "pause", "drain")
--label-add list  Add or update a node label ("key=value")
--label-rm list  Remove a node label if exists
--role string  Role of the node ("worker", "manager")
`,
  ),
  command(
    'secret create',
    '[OPTIONS] SECRET [file|-]',
    'Create a secret from a file or STDIN as content',
    `
-d, --driver string  Secret driver
-l, --label list  Secret labels
--template-driver string  Template driver
`,
  ),
  command(
    'secret inspect',
    '[OPTIONS] SECRET [SECRET...]',
    'Display detailed information on one or more secrets',
    inspectFlags,
  ),
  command('secret ls, secret list', '[OPTIONS]', 'List secrets', listFlags),
  command('secret rm, secret remove', 'SECRET [SECRET...]', 'Remove one or more secrets'),
  command(
    'stack config',
    '[OPTIONS]',
    'Outputs the final config file, after doing merges and interpolations',
    `
-c, --compose-file strings  Path to a Compose file, or "-" to read from stdin
--skip-interpolation  Skip interpolation and output only merged config
`,
  ),
  command(
    'stack deploy, stack up',
    '[OPTIONS] STACK',
    'Deploy a new stack or update an existing stack',
    `
-c, --compose-file strings  Path to a Compose file, or "-" to read from stdin
-d, --detach  Exit immediately instead of waiting for the stack services to converge (default true)
--prune  Prune services that are no longer referenced
-q, --quiet  Suppress progress output
--resolve-image string  Query the registry to resolve image digest and supported platforms ("always", "changed", "never") (default "always")
--with-registry-auth  Send registry authentication details to Swarm agents
`,
  ),
  command(
    'stack ls, stack list',
    '[OPTIONS]',
    'List stacks',
    `
--format string  ${tableFormat}
`,
  ),
  command(
    'stack ps',
    '[OPTIONS] STACK',
    'List the tasks in the stack',
    `
-f, --filter filter  Filter output based on conditions provided
--format string  ${tableFormat}
--no-resolve  Do not map IDs to Names
--no-trunc  Do not truncate output
-q, --quiet  Only display task IDs
`,
  ),
  command(
    'stack rm, stack remove, stack down',
    '[OPTIONS] STACK [STACK...]',
    'Remove one or more stacks',
    `
-d, --detach  Do not wait for stack removal (default true)
`,
  ),
  command('stack services', '[OPTIONS] STACK', 'List the services in the stack', listFlags),
  command(
    'swarm ca',
    '[OPTIONS]',
    'Display and rotate the root CA',
    `
--ca-cert pem-file  Path to the PEM-formatted root CA certificate to use for the new cluster
--ca-key pem-file  Path to the PEM-formatted root CA key to use for the new cluster
--cert-expiry duration  Validity period for node certificates (ns|us|ms|s|m|h) (default 2160h0m0s)
-d, --detach  Exit immediately instead of waiting for the root rotation to converge
--external-ca external-ca  Specifications of one or more certificate signing endpoints
-q, --quiet  Suppress progress output
--rotate  Rotate the swarm CA - if no certificate or key are provided, new ones will be generated
`,
  ),
  command(
    'swarm init',
    '[OPTIONS]',
    'Initialize a swarm',
    `
--advertise-addr string  Advertised address (format: "<ip|interface>[:port]")
--autolock  Enable manager autolocking (requiring an unlock key to start a stopped manager)
--availability string  Availability of the node ("active", "pause", "drain") (default "active")
--cert-expiry duration  Validity period for node certificates (ns|us|ms|s|m|h) (default 2160h0m0s)
--data-path-addr string  Address or interface to use for data path traffic (format: "<ip|interface>")
--data-path-port uint32  Port number to use for data path traffic (1024 - 49151). If no value is set or is set to 0, the default port (4789) is used.
--default-addr-pool ipNetSlice  default address pool in CIDR format (default [])
--default-addr-pool-mask-length uint32  default address pool subnet mask length (default 24)
--dispatcher-heartbeat duration  Dispatcher heartbeat period (ns|us|ms|s|m|h) (default 5s)
--external-ca external-ca  Specifications of one or more certificate signing endpoints
--force-new-cluster  Force create a new cluster from current state
--listen-addr node-addr  Listen address (format: "<ip|interface>[:port]") (default 0.0.0.0:2377)
--max-snapshots uint  Number of additional Raft snapshots to retain
--snapshot-interval uint  Number of log entries between Raft snapshots (default 10000)
--task-history-limit int  Task history retention limit (default 5)
`,
  ),
  command(
    'swarm join',
    '[OPTIONS] HOST:PORT',
    'Join a swarm as a node and/or manager',
    `
--advertise-addr string  Advertised address (format: "<ip|interface>[:port]")
--availability string  Availability of the node ("active", "pause", "drain") (default "active")
--data-path-addr string  Address or interface to use for data path traffic (format: "<ip|interface>")
--listen-addr node-addr  Listen address (format: "<ip|interface>[:port]") (default 0.0.0.0:2377)
--token string  Token for entry into the swarm
`,
  ),
  command(
    'swarm join-token',
    '[OPTIONS] (worker|manager)',
    'Manage join tokens',
    `
-q, --quiet  Only display token
--rotate  Rotate join token
`,
  ),
  command(
    'swarm leave',
    '[OPTIONS]',
    'Leave the swarm',
    `
-f, --force  Force this node to leave the swarm, ignoring warnings
`,
  ),
  command('swarm unlock', '', 'Unlock swarm'),
  command(
    'swarm unlock-key',
    '[OPTIONS]',
    'Manage the unlock key',
    `
-q, --quiet  Only display token
--rotate  Rotate unlock key
`,
  ),
  command(
    'swarm update',
    '[OPTIONS]',
    'Update the swarm',
    `
--autolock  Change manager autolocking setting (true|false)
--cert-expiry duration  Validity period for node certificates (ns|us|ms|s|m|h) (default 2160h0m0s)
--dispatcher-heartbeat duration  Dispatcher heartbeat period (ns|us|ms|s|m|h) (default 5s)
--external-ca external-ca  Specifications of one or more certificate signing endpoints
--max-snapshots uint  Number of additional Raft snapshots to retain
--snapshot-interval uint  Number of log entries between Raft snapshots (default 10000)
--task-history-limit int  Task history retention limit (default 5)
`,
  ),
];
