/** The only code that talks to the server. Screens read replicas and ask; they know no sockets. */
export { askToTake, download, publishArchived, uploadArchive } from './archives';
export type { Room } from './room';
export { cameByLink, forgetSeat, seatLink, seatToken } from './seats';
export { mainTerminal, takeSeat } from './take-seat';
export { useOutbox } from './use-outbox';
export { useConnection, useHeld, useRoom, useWire } from './use-room';
export { useHostScreen } from './use-screen';
