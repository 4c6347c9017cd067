/**
 * One class: who is in it, what is published, who has proved it. Events in the past tense, `decide` from command to events,
 * `evolve` from events to state, and `permit`, the table of rights. It knows no sockets and no storage.
 */
export { codeLength, makeCode, parseCode, showCode } from './code';
export { type Circumstances, type ClassCommand, colours, decide, openClass, presentSeat } from './decide';
export { longestNote, type ToolCommand } from './decide-tools';
export type { ClassEvent, Host, Note, RoundAnswer, Rules, SeatId, Spotlight } from './events';
export { evolveClass } from './evolve';
export { freeName, loginName, parseName, parseTitle, sameName } from './name';
export { mayOpenPages } from './pages';
export { type MessageType, permissions, permit, type Role, roles } from './permit';
export type { ClassState, Look, PastRound, Proof, Published, RoundState, Seat } from './state';
export { eventsFor, isOfOne, isPublic, seesPeople, stateFor, type Viewer } from './view';
