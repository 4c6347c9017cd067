/** Where streams and bytes are kept: in one file (`embedded`, the default), or in Redis for several nodes. */
export type { BlobStore, Store } from './blob-store';
export { openEmbedded } from './embedded/embedded-store';
export type { EventLog } from './event-log';
export { openRedis } from './redis/redis-store';
export { startThread } from './thread';
