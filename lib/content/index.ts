export { type Digest, digestFromHash, digestOf, isDigest, parseDigest, shortDigest } from './digest';
export { type ContentStore, MemoryContent } from './store';
