import { padded } from '../layer';
import type { BuildOptions } from './build-options';
import { contextIgnores } from './materials';
import { ContextTree, walk } from './source-tree';

/** The size of the tar that the classic command sends: the context, or the Dockerfile alone. */
export function contextTarSize(options: BuildOptions): number {
  const block = 512;
  const { context, dockerfile } = options;
  if (!context) return 3 * block + padded(new TextEncoder().encode(dockerfile).length);
  const tree = new ContextTree(context.files, context.path, contextIgnores(context));
  let size = 2 * block;
  for (const { kind, size: bytes } of walk(tree, '/')) size += block + (kind === 'file' ? padded(bytes) : 0);
  return size;
}
