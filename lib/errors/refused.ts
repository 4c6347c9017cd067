import { Failure } from './failure';
import { type RefusalId, refusals } from './refusals';
import { fill, type Values } from './wording';

type Places<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}` ? Place | Places<Rest> : never;
type PlacesOf<Id extends RefusalId> = Places<(typeof refusals)[Id][1]>;
/** What fills the sentence's places, and whatever else is to be acted on (`field`, `retryMs`…). */
type Detail<Id extends RefusalId> = Readonly<Record<PlacesOf<Id>, string | number>> & Values;

/**
 * A Failure of the catalogue: code and English sentence by its id. The id goes along as `detail.reason`, so that whoever
 * shows it finds the same sentence in the reader's language.
 */
export function refused<Id extends RefusalId>(
  id: Id,
  ...[detail]: [PlacesOf<Id>] extends [never] ? [detail?: Values] : [detail: Detail<Id>]
): Failure {
  return new Failure(refusals[id][0], sentence(id, detail), { ...detail, reason: id });
}

/** The English sentence, filled. */
export function sentence(id: RefusalId, values: Values = {}): string {
  return fill(refusals[id][1], values);
}
