import { type Flag, readFlags } from './declare';

/** The options before the command. The client's files lie in the person's home. */
export function globalFlags(home: string): Flag[] {
  const folder = `${home}/.docker`;
  return readFlags(`
--config string  Location of client config files (default "${folder}")
-c, --context string  Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")
-D, --debug  Enable debug mode
-H, --host list  Daemon socket to connect to
-l, --log-level string  Set the logging level ("debug", "info", "warn", "error", "fatal") (default "info")
--tls  Use TLS; implied by --tlsverify
--tlscacert string  Trust certs signed only by this CA (default "${folder}/ca.pem")
--tlscert string  Path to TLS certificate file (default "${folder}/cert.pem")
--tlskey string  Path to TLS key file (default "${folder}/key.pem")
--tlsverify  Use TLS and verify the remote
-v, --version  Print version information and quit
`);
}
