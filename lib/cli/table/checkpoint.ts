import { command } from './declare';

/** `docker checkpoint`: what they are called, what they take, and what `--help` says. See declare.ts for the form. */
export const checkpointCommands = [
  command(
    'checkpoint create',
    '[OPTIONS] CONTAINER CHECKPOINT',
    'Create a checkpoint from a running container',
    `
--checkpoint-dir string  Use a custom checkpoint storage directory
--leave-running  Leave the container running after checkpoint
`,
  ),
  command(
    'checkpoint ls, checkpoint list',
    '[OPTIONS] CONTAINER',
    'List checkpoints for a container',
    `
--checkpoint-dir string  Use a custom checkpoint storage directory
`,
  ),
  command(
    'checkpoint rm, checkpoint remove',
    '[OPTIONS] CONTAINER CHECKPOINT',
    'Remove a checkpoint',
    `
--checkpoint-dir string  Use a custom checkpoint storage directory
`,
  ),
];
