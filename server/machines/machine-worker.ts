import { createMachine, evolveMachine, parseMachine, serialiseMachine } from '../../lib/machine';
import { Layers } from '../../lib/snapshot';
import { serveMachines } from './thread';

serveMachines((content) => {
  const layers = new Layers(content);
  return {
    create: createMachine,
    evolve: (state, event) => evolveMachine(state, event, layers),
    serialise: serialiseMachine,
    parse: (json) => parseMachine(json as Parameters<typeof parseMachine>[0], layers),
  };
});
