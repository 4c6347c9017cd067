/**
 * Layers as bytes and as changes. Whiteouts live here and nowhere else.
 *
 * - `DiffId`, `ChainId`, `diffIdOf`, `asDiffId`, `chainIds`, `chainIdOf`: what layers and stacks are called.
 * - `Change`, `changeLine`: lines of `docker diff`.
 * - `TarWriter`, `tarHeader`, `tarEnd`, `readTar`, `HeaderReader`, `TarHeader`, `TarEntry`, `padded`: tar in canonical form, and any tar in.
 * - `readTarStream(chunks)`, `LayerCheck`, `ChunkReader`: the same for bytes that stream by and are not kept.
 * - `unpacked(bytes, what)`, `unpackedStream`, `packing`: gzip and zstd, recognised by their first bytes; `gzip(bytes)`, `gunzip(bytes, most)`.
 * - `readLayer` → `LayerFolder`: what one layer says. `whiteoutPath`, `opaquePath`: how it says that something is gone.
 */

export { gunzip, gzip } from '#gzip';
export { type Change, changeLine } from './change';
export { asDiffId, type ChainId, chainIdOf, chainIds, type DiffId, diffIdOf } from './ids';
export { LayerCheck } from './layer-check';
export { entryPath, isFolder, type LayerFolder, type LayerNode, readLayer } from './layer-tree';
export { blockSize, padded, type TarEntry, type TarHeader } from './tar-entry';
export { type Block, HeaderReader, readTar } from './tar-read';
export { ChunkReader, readTarStream, type StreamedEntry } from './tar-stream';
export { TarWriter, tarEnd, tarHeader } from './tar-write';
export { mostInMemory, packing, unpacked, unpackedStream } from './unpack';
export { opaquePath, readName, whiteoutPath } from './whiteout';
