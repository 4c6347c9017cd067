import { createMachine, evolveMachine, parseMachine, publishedImage, serialiseMachine } from '../../lib/machine';
import { Layers } from '../../lib/snapshot';
import { packContainer } from './pack-container';
import { serveMachines } from './thread';

serveMachines((content) => {
  const layers = new Layers(content);
  return {
    create: createMachine,
    evolve: (state, event) => evolveMachine(state, event, layers),
    serialise: serialiseMachine,
    parse: (json) => parseMachine(json, layers),
    image: (state, reference) => publishedImage(state.engine, content, reference),
    pack: (state, container, how) => packContainer(state, container, how, { content, layers }),
  };
});
