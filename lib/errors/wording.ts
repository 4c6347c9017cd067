export type Values = Readonly<Record<string, unknown>>;

/** `{place}` is filled by its value; a place that nobody fills stays, and no value is read as a place. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A refusal as it travels: `detail.reason` is its id in the catalogue. */
export interface Worded {
  readonly message: string;
  readonly detail?: Values;
}

/** A refusal in these words, found by its reason; one without a reason of theirs stays as it was worded. */
export function inWords(words: Readonly<Record<string, string>>, { message, detail = {} }: Worded): string {
  const { reason } = detail;
  return typeof reason === 'string' && Object.hasOwn(words, reason) ? fill(words[reason]!, detail) : message;
}
