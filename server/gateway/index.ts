/** Sockets in, sockets out: parse, limits, rights, rooms, coalesced broadcasts. */
export { openGateway } from './gateway';
