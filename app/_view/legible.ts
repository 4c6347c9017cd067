/** What cannot be seen, or turns the direction of what follows: control characters, marks of direction, joints without a width. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** A path with such characters written out (`\u202e`): what is called something else looks like something else. */
export function legible(path: string): string {
  return path.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
