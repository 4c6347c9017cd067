export { Archive } from './archive';
export { type Built, Result } from './result';
export { type Draft, firstDraft, mostContext } from './state';
export { Workshop } from './workshop';
