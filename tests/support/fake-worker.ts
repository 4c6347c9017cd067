import { serveMachines } from '../../server/machines/thread';
import { fakeKit } from './fake-kit';

serveMachines(() => fakeKit);
