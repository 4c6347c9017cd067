export { type Digest, digestFromHash, digestOf, isDigest, parseDigest } from './digest';
export { type ContentStore, MemoryContent } from './store';
