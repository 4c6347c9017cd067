import { command, readFlags } from './declare';

/** `docker build` by BuildKit, and the part of `docker buildx` that goes with one builder. */
export const buildxCommands = [
  command(
    'buildx ls',
    '',
    'List builder instances',
    `
-D, --debug  Enable debug logging
--format string  Format the output (default "table")
--no-trunc  Don't truncate output
`,
  ),
  command(
    'buildx version',
    '',
    'Show buildx version information',
    `
-D, --debug  Enable debug logging
`,
  ),
];

/** The flags of `docker build` when BuildKit builds; the classic builder's are those of the table. */
export const buildxBuild = {
  args: '[OPTIONS] PATH | URL | -',
  short: 'Start a build',
  aliases: ['build', 'builder build', 'image build', 'buildx b'],
  flags: readFlags(`
--add-host strings  Add a custom host-to-IP mapping (format: "host:ip")
--allow stringArray  Allow extra privileged entitlement (e.g., "network.host", "security.insecure", "device")
--annotation stringArray  Add annotation to the image
--attest stringArray  Attestation parameters (format: "type=sbom,generator=image")
--build-arg stringArray  Set build-time variables
--build-context stringArray  Additional build contexts (e.g., name=path)
--builder string  Override the configured builder instance (default "default")
--cache-from stringArray  External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")
--cache-to stringArray  Cache export destinations (e.g., "user/app:cache", "type=local,dest=path/to/dir")
--call string  Set method for evaluating build ("check", "outline", "targets") (default "build")
--cgroup-parent string  Set the parent cgroup for the "RUN" instructions during build
--check  Shorthand for "--call=check"
-D, --debug  Enable debug logging
-f, --file string  Name of the Dockerfile (default: "PATH/Dockerfile")
--iidfile string  Write the image ID to a file
--label stringArray  Set metadata for an image
--load  Shorthand for "--output=type=docker"
--metadata-file string  Write build result metadata to a file
--network string  Set the networking mode for the "RUN" instructions during build (default "default")
--no-cache  Do not use cache when building the image
--no-cache-filter stringArray  Do not cache specified stages
-o, --output stringArray  Output destination (format: "type=local,dest=path")
--platform stringArray  Set target platform for build
--progress string  Set type of progress output ("auto", "none",  "plain", "quiet", "rawjson", "tty"). Use plain to show container output (default "auto")
--provenance string  Shorthand for "--attest=type=provenance"
--pull  Always attempt to pull all referenced images
--push  Shorthand for "--output=type=registry"
-q, --quiet  Suppress the build output and print image ID on success
--sbom string  Shorthand for "--attest=type=sbom"
--secret stringArray  Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")
--shm-size bytes  Shared memory size for build containers
--ssh stringArray  SSH agent socket or keys to expose to the build (format: "default|<id>[=<socket>|<key>[,<key>]]")
-t, --tag stringArray  Name and optionally a tag (format: "name:tag")
--target string  Set the target build stage to build
--ulimit ulimit  Ulimit options (default [])
`),
};
