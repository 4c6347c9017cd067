import { command } from './declare';

/** `docker trust`: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const trustCommands = [
  command(
    'trust key generate',
    'NAME',
    'Generate and load a signing key-pair',
    `
--dir string  Directory to generate key in, defaults to current directory
`,
  ),
  command(
    'trust key load',
    '[OPTIONS] KEYFILE',
    'Load a private key file for signing',
    `
--name string  Name for the loaded key (default "signer")
`,
  ),
  command(
    'trust signer add',
    'OPTIONS NAME REPOSITORY [REPOSITORY...]',
    'Add a signer',
    `
--key list  Path to the signer's public key file
`,
  ),
  command(
    'trust signer remove',
    '[OPTIONS] NAME REPOSITORY [REPOSITORY...]',
    'Remove a signer',
    `
-f, --force  Do not prompt for confirmation before removing the most recent signer
`,
  ),
  command(
    'trust inspect',
    'IMAGE[:TAG] [IMAGE[:TAG]...]',
    'Return low-level information about keys and signatures',
    `
--pretty  Print the information in a human friendly format
`,
  ),
  command(
    'trust revoke',
    '[OPTIONS] IMAGE[:TAG]',
    'Remove trust for an image',
    `
-y, --yes  Do not prompt for confirmation
`,
  ),
  command(
    'trust sign',
    'IMAGE:TAG',
    'Sign an image',
    `
--local  Sign a locally tagged image
`,
  ),
];
