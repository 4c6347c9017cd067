/** At most so many characters, the last being `…` when something was cut. */
export function ellipsis(text: string, length: number): string {
  const letters = [...text];
  if (letters.length <= length) return text;
  return length <= 1 ? letters.slice(0, length).join('') : `${letters.slice(0, length - 1).join('')}…`;
}

/** `sha256:0123…` → the first twelve digits. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** As Go's %q prints a string for people: quotes and control characters escaped. */
export function quote(text: string): string {
  return JSON.stringify(text)
    .replace(/\\u00([0-9a-f]{2})/g, '\\x$1')
    .replace(/\\u001b/g, '\\x1b')
    .replace(/\\b/g, '\\b');
}
