import { cleanPath, compilePattern, type Pattern } from './pattern';

/** The patterns of a `.dockerignore` together: the last one that says something about a path decides. */
export class IgnoreMatcher {
  readonly patterns: readonly Pattern[];

  /** Throws a PatternError. */
  constructor(lines: readonly string[]) {
    this.patterns = lines.map(compilePattern).filter((pattern) => pattern !== undefined);
  }

  /** Whether something may be taken back in, so that an ignored folder must still be looked into. */
  get hasExclusions(): boolean {
    return this.patterns.some(({ exclusion }) => exclusion);
  }

  /** A path relative to the context, `/` between elements. A pattern that matches a folder matches all in it. */
  ignores(path: string): boolean {
    if (path === '.') return false;
    const candidates = [path, ...ancestors(path)];
    let ignored = false;
    for (const pattern of this.patterns) {
      if (pattern.exclusion === ignored && candidates.some((candidate) => pattern.matches(candidate)))
        ignored = !ignored;
    }
    return ignored;
  }
}

function ancestors(path: string): string[] {
  const folder = path.endsWith('/') ? path.slice(0, -1) : path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (folder === '') return path.startsWith('/') ? ['', '/'] : [];
  const parts = cleanPath(folder).split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
