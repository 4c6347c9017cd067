/**
 * Paths as text: nothing here looks at files, so symbolic links are not followed. (A walk that follows them is `walk.ts`.)
 */

/** `/a//b/./c/` → `['a', 'b', 'c']`; `..` stays. */
export function components(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** Absolute or relative, without empty parts, `.`, and `..` where it can be resolved by text alone. Empty gives `.`. */
export function normalise(path: string): string {
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of components(path)) {
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  return absolute ? `/${parts.join('/')}` : parts.join('/') || '.';
}

/** Joins and normalises: `join('/a', '../b')` is `/b`. A later absolute part does not start anew (see `resolve`). */
export function join(...parts: readonly string[]): string {
  return normalise(parts.filter((part) => part !== '').join('/'));
}

/** `path` as seen from the folder `base`: an absolute path stands for itself. */
export function resolve(base: string, path: string): string {
  return path.startsWith('/') ? normalise(path) : join(base, path);
}

/** Everything before the last name: `/a/b` → `/a`, `/a` → `/`, `a` → `.`. */
export function dirname(path: string): string {
  const clean = normalise(path);
  const slash = clean.lastIndexOf('/');
  return slash < 0 ? '.' : clean.slice(0, slash) || '/';
}

/** The last name: `/a/b/` → `b`, `/` → `/`. */
export function basename(path: string): string {
  const clean = normalise(path);
  return clean === '/' ? '/' : clean.slice(clean.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or below it. Both normalised and absolute. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

const rank = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** Orders names by the bytes of their UTF-8, as `strcmp` and Go do: JavaScript's own order differs beyond U+FFFF. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
  }
  return a.length - b.length;
}
