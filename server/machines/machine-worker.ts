import {
  contentOf,
  createMachine,
  packMachine,
  parseMachine,
  publishedImage,
  replayMachine,
  screenOf,
  serialiseMachine,
} from '../../lib/machine';
import { Layers } from '../../lib/snapshot';
import { packContainer } from './pack-container';
import { serveMachines } from './thread';

serveMachines((content) => {
  const layers = new Layers(content);
  return {
    create: createMachine,
    replay: (state, events) => replayMachine(state, events, layers),
    packing: packMachine,
    serialise: serialiseMachine,
    parse: (json) => parseMachine(json, layers),
    image: (state, reference) => publishedImage(state.engine, content, reference),
    screen: screenOf,
    content: contentOf,
    pack: (state, container, how) => packContainer(state, container, how, { content, layers }),
  };
});
