import { createMachine, evolveMachine, parseMachine, serialiseMachine } from '../../lib/machine';
import { serveMachines } from './thread';

serveMachines({ create: createMachine, evolve: evolveMachine, serialise: serialiseMachine, parse: parseMachine });
