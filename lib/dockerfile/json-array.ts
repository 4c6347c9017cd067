/** What an instruction's text is when read as a JSON array of strings: its strings, an array of something else, or no array. */
export type JsonArray =
  | { readonly kind: 'strings'; readonly values: readonly string[] }
  | { readonly kind: 'not-strings' }
  | { readonly kind: 'not-json' };

export function readJsonArray(text: string): JsonArray {
  if (!text.startsWith('[')) return { kind: 'not-json' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not-json' };
  }
  if (!Array.isArray(value)) return { kind: 'not-json' };
  if (!value.every((item) => typeof item === 'string')) return { kind: 'not-strings' };
  return { kind: 'strings', values: value };
}
