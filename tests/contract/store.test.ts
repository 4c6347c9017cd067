import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { openEmbedded, openRedis } from '../../server/store';
import { startRedis } from '../support/start-redis';
import { storeContract } from './store';

const folder = mkdtempSync(join(tmpdir(), 'dockerland-store-'));
storeContract('embedded', () => openEmbedded(join(folder, 'store.db')));

const redis = await startRedis();
if (redis) storeContract('redis', () => openRedis(redis.url));
else
  describe.skip('a store: redis (SKIPPED: there is no redis-server on this computer)', () =>
    it('needs redis-server', () => {}));

afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
});
