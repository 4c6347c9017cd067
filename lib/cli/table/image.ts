import { command, plainFormat, tableFormat } from './declare';

/** Commands on images: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const imageCommands = [
  command(
    'image build, build, builder build',
    '[OPTIONS] PATH | URL | -',
    'Build an image from a Dockerfile',
    `
--add-host list  Add a custom host-to-IP mapping ("host:ip")
--build-arg list  Set build-time variables
--cache-from strings  Images to consider as cache sources
--cgroup-parent string  Set the parent cgroup for the "RUN" instructions during build
--compress  Compress the build context using gzip
--cpu-period int  Limit the CPU CFS (Completely Fair Scheduler) period
--cpu-quota int  Limit the CPU CFS (Completely Fair Scheduler) quota
-c, --cpu-shares int  CPU shares (relative weight)
--cpuset-cpus string  CPUs in which to allow execution (0-3, 0,1)
--cpuset-mems string  MEMs in which to allow execution (0-3, 0,1)
--disable-content-trust  Skip image verification (default true)
-f, --file string  Name of the Dockerfile (Default is "PATH/Dockerfile")
--force-rm  Always remove intermediate containers
--iidfile string  Write the image ID to the file
--isolation string  Container isolation technology
--label list  Set metadata for an image
-m, --memory bytes  Memory limit
--memory-swap bytes  Swap limit equal to memory plus swap: -1 to enable unlimited swap
--network string  Set the networking mode for the RUN instructions during build (default "default")
--no-cache  Do not use cache when building the image
--platform string  Set platform if server is multi-platform capable
--pull  Always attempt to pull a newer version of the image
-q, --quiet  Suppress the build output and print image ID on success
--rm  Remove intermediate containers after a successful build (default true)
--security-opt strings  Security options
--shm-size bytes  Size of "/dev/shm"
--squash  Squash newly built layers into a single new layer
-t, --tag list  Name and optionally a tag in the "name:tag" format
--target string  Set the target build stage to build.
--ulimit ulimit  Ulimit options (default [])
`,
  ),
  command(
    'image pull, pull',
    '[OPTIONS] NAME[:TAG|@DIGEST]',
    'Download an image from a registry',
    `
-a, --all-tags  Download all tagged images in the repository
--disable-content-trust  Skip image verification (default true)
--platform string  Set platform if server is multi-platform capable
-q, --quiet  Suppress verbose output
`,
  ),
  command(
    'image push, push',
    '[OPTIONS] NAME[:TAG]',
    'Upload an image to a registry',
    `
-a, --all-tags  Push all tags of an image to the repository
--disable-content-trust  Skip image signing (default true)
--platform string  Push a platform-specific manifest as a single-platform image to the registry.
    Image index won't be pushed, meaning that other manifests, including attestations won't be preserved.
    'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
-q, --quiet  Suppress verbose output
`,
  ),
  command(
    'image ls, image list, images',
    '[OPTIONS] [REPOSITORY[:TAG]]',
    'List images',
    `
-a, --all  Show all images (default hides intermediate images)
--digests  Show digests
-f, --filter filter  Filter output based on conditions provided
--format string  ${tableFormat}
--no-trunc  Don't truncate output
-q, --quiet  Only show image IDs
--tree  List multi-platform images as a tree (EXPERIMENTAL)
`,
  ),
  command(
    'image history, history',
    '[OPTIONS] IMAGE',
    'Show the history of an image',
    `
--format string  ${tableFormat}
-H, --human  Print sizes and dates in human readable format (default true)
--no-trunc  Don't truncate output
--platform string  Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
-q, --quiet  Only show image IDs
`,
  ),
  command(
    'image import, import',
    '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
    'Import the contents from a tarball to create a filesystem image',
    `
-c, --change list  Apply Dockerfile instruction to the created image
-m, --message string  Set commit message for imported image
--platform string  Set platform if server is multi-platform capable
`,
  ),
  command(
    'image inspect',
    '[OPTIONS] IMAGE [IMAGE...]',
    'Display detailed information on one or more images',
    `
-f, --format string  ${plainFormat}
--platform string  Inspect a specific platform of the multi-platform image.
    If the image or the server is not multi-platform capable, the command will error out if the platform does not match.
    'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
`,
  ),
  command(
    'image load, load',
    '[OPTIONS]',
    'Load an image from a tar archive or STDIN',
    `
-i, --input string  Read from tar archive file, instead of STDIN
--platform string  Load only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
-q, --quiet  Suppress the load output
`,
  ),
  command(
    'image prune',
    '[OPTIONS]',
    'Remove unused images',
    `
-a, --all  Remove all unused images, not just dangling ones
--filter filter  Provide filter values (e.g. "until=<timestamp>")
-f, --force  Do not prompt for confirmation
`,
  ),
  command(
    'image rm, image remove, rmi',
    '[OPTIONS] IMAGE [IMAGE...]',
    'Remove one or more images',
    `
-f, --force  Force removal of the image
--no-prune  Do not delete untagged parents
--platform strings  Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
`,
  ),
  command(
    'image save, save',
    '[OPTIONS] IMAGE [IMAGE...]',
    'Save one or more images to a tar archive (streamed to STDOUT by default)',
    `
-o, --output string  Write to a file, instead of STDOUT
--platform string  Save only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
`,
  ),
  command(
    'image tag, tag',
    'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
    'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  ),
];
