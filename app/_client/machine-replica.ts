/**
 * The part of lib/machine that a replica needs, past its door: through the door the whole computer (shell, programs, engine)
 * would come into the page. Nothing else in app may do so.
 */
export { neededContent } from '../../lib/machine/events';
export { evolveMachine } from '../../lib/machine/evolve';
export { evolveScreen } from '../../lib/machine/screen';
export { contentOfSnapshot, parseMachine } from '../../lib/machine/serialise';
