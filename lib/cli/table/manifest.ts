import { command } from './declare';

/** `docker manifest`: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const manifestCommands = [
  command(
    'manifest annotate',
    '[OPTIONS] MANIFEST_LIST MANIFEST',
    'Add additional information to a local image manifest',
    `
--arch string  Set architecture
--os string  Set operating system
--os-features strings  Set operating system feature
--os-version string  Set operating system version
--variant string  Set architecture variant
`,
  ),
  command(
    'manifest create',
    'MANIFEST_LIST MANIFEST [MANIFEST...]',
    'Create a local manifest list for annotating and pushing to a registry',
    `
-a, --amend  Amend an existing manifest list
--insecure  Allow communication with an insecure registry
`,
  ),
  command(
    'manifest inspect',
    '[OPTIONS] [MANIFEST_LIST] MANIFEST',
    'Display an image manifest, or manifest list',
    `
--insecure  Allow communication with an insecure registry
-v, --verbose  Output additional info including layers and platform
`,
  ),
  command(
    'manifest push',
    '[OPTIONS] MANIFEST_LIST',
    'Push a manifest list to a repository',
    `
--insecure  Allow push to an insecure registry
-p, --purge  Remove the local manifest list after push
`,
  ),
  command('manifest rm', 'MANIFEST_LIST [MANIFEST_LIST...]', 'Delete one or more manifest lists from local storage'),
];
