/** Images as archives, in and out of a class, over HTTP: streamed, checked, never held in memory. */
export { openArchives } from './archives';
