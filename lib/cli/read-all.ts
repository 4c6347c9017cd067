import type { Process } from '../process';

/** Everything that comes on stdin. */
export async function readAll(process: Process): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = await process.stdin.read(process);
    if (bytes.length === 0) break;
    parts.push(bytes);
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
