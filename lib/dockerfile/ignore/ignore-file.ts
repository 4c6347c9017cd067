import { cleanPath } from './pattern';

/** The patterns that a `.dockerignore` holds, as paths relative to the context. Comments and blank lines are left out. */
export function readIgnoreFile(text: string): string[] {
  const patterns: string[] = [];
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const pattern = line.startsWith('#') ? '' : line.trim();
    if (pattern === '') continue;
    const exclusion = pattern.startsWith('!');
    patterns.push((exclusion ? '!' : '') + relative(exclusion ? pattern.slice(1).trim() : pattern));
  }
  return patterns;
}

function relative(pattern: string): string {
  if (pattern === '') return '';
  const clean = cleanPath(pattern);
  return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
}
