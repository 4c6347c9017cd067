/** Columns of a terminal that text takes: 2 for East Asian wide and emoji, 0 for combining marks (Unicode 16, UAX #11). */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$/;
const mark = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const pictograph = /^\p{Emoji_Presentation}$/u;

export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** Of one code point. */
export function widthOf(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (mark.test(character)) return 0;
  if (wide.test(character) || pictograph.test(character) || (code >= 0x20000 && code <= 0x3fffd)) return 2;
  return 1;
}
