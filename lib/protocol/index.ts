/**
 * What crosses the wire, by direction, as schemas: requests in (imperative), answers and announcements out (past tense).
 * Both sides parse: the server every request, the browser every announcement and answer that it acts on.
 */
export type {
  Announcements,
  Answer,
  BuildProblem,
  Catch,
  ClassSummary,
  EarlierPoint,
  MachineSnapshot,
  Refusal,
  RefusedBy,
  Requests,
} from './answers';
export {
  type ArchivedImage,
  publishArchiveRequest,
  type Taken,
  type TakenForm,
  type TakeRequest,
  takeRequest,
} from './archive';
export { type ConnectErrorCode, connectErrors, handshake, protocolVersion } from './handshake';
export { mostContextBytes, mostTyped, type RequestBody, type RequestType, requests } from './requests';
