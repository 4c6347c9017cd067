/** Classes: who is in them, what is published, and that every seat has its computer. */
export type { ClassChange } from './class-custody';
export { Classes, machineOf } from './classes';
export { idBy } from './id-by';
