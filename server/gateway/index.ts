/** Sockets in, sockets out: parse, limits, rights, rooms, coalesced broadcasts. */
export { Contents } from './contents';
export { openGateway } from './gateway';
export { type Person, type Standing, seatMeant, standingIn } from './person';
export { Bucket } from './rate-limit';
export { refusal, settled } from './refusal';
