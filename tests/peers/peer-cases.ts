import { existsSync, readFileSync } from 'node:fs';

/** Cases that other projects publish, read from beside the repository. Undefined (and said so) where they are not. */
export function peerCases<T>(name: string): T | undefined {
  const file = new URL(`../../../shared/peer-cases/${name}`, import.meta.url);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
  console.info(`skipped: no ${name} in ../shared/peer-cases`);
  return undefined;
}
