import { groups } from '.';

/** Pages that say more than the line in the list of commands. */
const endpoint = `Docker endpoint config:

NAME                DESCRIPTION
from                Copy named context's Docker endpoint configuration
host                Docker endpoint on which to connect
ca                  Trust certs signed only by this CA
cert                Path to TLS certificate file
key                 Path to TLS key file
skip-tls-verify     Skip TLS certificate validation

Example:

`;
const example =
  '--description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"';

export const longTexts: Readonly<Record<string, string>> = {
  'container cp': `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  'context create': `Create a context\n\n${endpoint}$ docker context create my-context ${example}`,
  'context update': `Update a context\n\n${endpoint}$ docker context update my-context ${example}`,
};

export const experimentalNotes = new Set(
  ['annotate', 'create', 'inspect', 'push', 'rm'].map((name) => `manifest ${name}`),
);

export function groupTexts(group: string): string {
  if (group !== 'manifest') return groups[group] ?? '';
  return `The **docker manifest** command has subcommands for managing image manifests and
manifest lists. A manifest list allows you to use one name to refer to the same image
built for multiple architectures.

To see help for a subcommand, use:

    docker manifest CMD --help

For full details on using docker manifest lists, see the registry v2 specification.

EXPERIMENTAL:
  docker manifest is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`;
}
