import { type RefusalId, refusals } from '../errors';
import type { Language } from './language';
import { es } from './refusals-es';

type Words = Readonly<Record<RefusalId, string>>;

const en = Object.fromEntries(Object.entries(refusals).map(([id, [, text]]) => [id, text])) as Words;

/** Every refusal in every language, its places unfilled. */
export const refusalWords: Readonly<Record<Language, Words>> = { en, es };
