/**
 * The part of lib/machine that a replica needs, past its door: through the door the whole computer (shell, programs, engine)
 * would come into the page. Nothing else in app may do so.
 */
export { evolveMachine, neededContent } from '../../lib/machine/evolve';
export { contentOfSnapshot, parseMachine } from '../../lib/machine/serialise';
