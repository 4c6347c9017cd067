import { createMachine, evolveMachine, parseMachine, serialiseMachine } from '../../lib/machine';
import { Layers } from '../../lib/snapshot';
import { publishedImage } from './published-image';
import { serveMachines } from './thread';

serveMachines((content) => {
  const layers = new Layers(content);
  return {
    create: createMachine,
    evolve: (state, event) => evolveMachine(state, event, layers),
    serialise: serialiseMachine,
    parse: (json) => parseMachine(json, layers),
    image: (state, reference) => publishedImage(state, reference, content),
  };
});
