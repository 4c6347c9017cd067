export { type Built, Result } from './result';
export { type Draft, firstDraft } from './state';
export { Workshop } from './workshop';
