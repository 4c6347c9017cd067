/** find: a walk, and an expression for each file. */
import type { Run } from '../../run';
import { runBatches } from './actions';
import { readExpression } from './expression';
import { newSearch, type Search } from './search';
import { visit } from './walk';

export async function find(run: Run): Promise<number> {
  const search = newSearch(run);
  const paths = readPaths(search);
  const test = readExpression(search);
  for (const path of paths.length > 0 ? paths : ['.']) {
    if (search.stopped) break;
    await visit({ search, root: path, test, device: undefined }, path, 0);
  }
  await runBatches(search);
  return search.exitCode;
}

/** What stands before the expression: how links are followed, and where to begin. */
function readPaths(search: Search): string[] {
  const { words } = search;
  const paths: string[] = [];
  while (words[0] !== undefined && /^-(H|L|P|O\d?)$/.test(words[0])) search.follow = words.shift() === '-L';
  while (words[0] !== undefined && !/^[-(!)]./.test(words[0]) && !/^[(!]$/.test(words[0])) paths.push(words.shift()!);
  return paths;
}
