/** Sockets in, sockets out: parse, limits, rights, rooms, coalesced broadcasts. */
export { type Gateway, type GatewayOptions, openGateway } from './gateway';
