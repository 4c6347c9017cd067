/** Every student's computer: their streams, and the threads in which they run. */
export { type MachineChange, Machines, type MachinesOptions } from './machines';
