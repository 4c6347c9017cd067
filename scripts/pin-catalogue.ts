// Writes the ids of the catalogue's images to lib/catalog/fixtures/digests.json: run it when a recipe was changed on purpose.
import { writeFileSync } from 'node:fs';
import { catalogue } from '../lib/catalog';
import { MemoryContent } from '../lib/content';

const ids = Object.fromEntries(
  catalogue.map(({ reference, build }) => [reference, build(new MemoryContent()).imageId]),
);
writeFileSync(
  new URL('../lib/catalog/fixtures/digests.json', import.meta.url),
  `${JSON.stringify(ids, undefined, 2)}\n`,
);
