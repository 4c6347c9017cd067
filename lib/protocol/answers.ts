import type { ClassEvent, ClassState, Role } from '../classroom';
import type { FailureCode, RefusalId } from '../errors';
import type { MachineEvent, Moment, PublishedImage, ScreenEvent, ScreenState } from '../machine';
import type { RequestType } from './requests';

/** A refusal: a code of the closed set, an English sentence, and data to act on (`reason`: its id in lib/errors' catalogue; `field`, `offer`…). */
export interface Refusal {
  readonly ok: false;
  readonly code: FailureCode;
  readonly message: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export type Answer<T extends RequestType> = ({ readonly ok: true } & AnswerBody[T]) | Refusal;

/** Either everything (a new or too old cursor) or what was missed. `upTo` is the next cursor. */
export type Catch<State, Event> =
  | { readonly kind: 'snapshot'; readonly upTo: number; readonly state: State }
  | { readonly kind: 'missed'; readonly upTo: number; readonly events: readonly Event[] };

/** A machine's state as JSON (`serialiseMachine`), without its terminals for those who may not see them. */
export type MachineSnapshot = ReturnType<typeof import('../machine').serialiseMachine>;

export interface ClassSummary {
  readonly code: string;
  readonly title: string;
  readonly phase: ClassState['phase'];
  readonly openedAt: number;
  readonly seats: number;
}

export interface BuildProblem {
  /** 1-based lines of the Dockerfile. */
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  readonly suggestion?: string;
  readonly severity: 'error' | 'warning';
  /** Rule name of `docker build --check`, for warnings. */
  readonly rule?: string;
}

interface AnswerBody {
  'class:open': { readonly code: string };
  'class:list': { readonly classes: readonly ClassSummary[] };
  'class:end': object;
  'class:lock': object;
  'class:watch': {
    readonly as: Role;
    readonly seat?: string;
    readonly machine: string;
    readonly class: Catch<ClassState, ClassEvent>;
  };
  'board:watch': { readonly machines: Readonly<Record<string, Catch<MachineSnapshot, MachineEvent>>> };
  'image:check': { readonly problems: readonly BuildProblem[] };
  'image:stop': object;
  'image:build': { readonly image: PublishedImage; readonly output: string };
  'image:publish': { readonly image: PublishedImage };
  'seat:look': { readonly title: string; readonly host: string; readonly locked: boolean; readonly full: boolean };
  /** `token` is the seat's resume token: it opens the same seat from any browser. `machine` is the seat's computer. */
  'seat:take': { readonly token: string; readonly seat: string; readonly name: string; readonly machine: string };
  'seat:rename': object;
  'seat:remove': object;
  'machine:watch': { readonly machine: Catch<MachineSnapshot, MachineEvent> };
  'screen:watch': { readonly screen: Catch<ScreenState, ScreenEvent> };
  'terminal:open': object;
  'terminal:type': object;
  'terminal:resize': object;
  'editor:close': object;
  'editor:draft': object;
  /** A page is at `path/PORT/…` of this server until `until` (ms since 1970); it is meant for a sandboxed frame. */
  'page:link': { readonly path: string; readonly until: number };
  'content:get': { readonly bytes: Uint8Array };
  'proof:report': object;
  'class:freeze': object;
  'rules:set': object;
  'link:make': { readonly token: string };
  'links:revoke': object;
  'hand:raise': object;
  'hand:lower': object;
  'note:send': object;
  'spotlight:move': object;
  'look:ask': object;
  'look:grant': object;
  'look:end': object;
  'round:open': object;
  'round:answer': object;
  'round:reveal': object;
  'round:close': object;
  /** What each seat's containers answered; screens group equal answers. */
  'everyone:run': { readonly answers: readonly RunAnswer[]; readonly refused: readonly RefusedBy[] };
  'everyone:give': { readonly given: number; readonly refused: readonly RefusedBy[] };
  /** The newest first. Undefined texts: what somebody typed is not for this reader. */
  'earlier:list': { readonly points: readonly EarlierPoint[] };
  /** The computer with nothing on it but this container, its sheet and its image. */
  'earlier:get': { readonly state: MachineSnapshot };
  'earlier:last': { readonly version: number; readonly state: MachineSnapshot };
  'machine:undo': object;
  'machine:reset': object;
}

/** A container was about to change: this is how it was before. */
export interface EarlierPoint extends Omit<Moment, 'text'> {
  readonly text?: string;
  /** How many paths it shows differently at the next point, or now. */
  readonly paths: number;
}

export interface RunAnswer {
  readonly seat: string;
  readonly container: string;
  readonly output: string;
  readonly exitCode: number;
  /** Seconds after which it was ended, since it had not ended by itself. */
  readonly endedAfter?: number;
}

/** A computer, or one of its containers, that did not do what was asked of all; worded as a refusal is. */
export interface RefusedBy {
  readonly seat: string;
  readonly container?: string;
  readonly message: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What the server says unasked, past tense. `from` and `upTo` are stream positions: `from` must equal the reader's cursor. */
export interface Announcements {
  'class:changed': (news: {
    readonly code: string;
    readonly from: number;
    readonly upTo: number;
    readonly events: readonly ClassEvent[];
  }) => void;
  'machine:changed': (news: {
    readonly machine: string;
    readonly from: number;
    readonly upTo: number;
    readonly events: readonly MachineEvent[];
  }) => void;
  /** Of the host's terminal, to those who follow it. */
  'screen:changed': (news: {
    /** The class's id. */
    readonly class: string;
    readonly from: number;
    readonly upTo: number;
    readonly events: readonly ScreenEvent[];
  }) => void;
  /** What somebody writes in the editor of a terminal that this page may see: not saved, and no part of any stream. */
  'editor:drafted': (news: {
    readonly machine: string;
    readonly terminal: string;
    readonly path: string;
    readonly text: string;
  }) => void;
  /** This socket's right has ended (the seat was removed, the class is over for it): the sentence to show. */
  'seat:lost': (news: {
    readonly code: string;
    readonly message: string;
    readonly detail: { readonly reason: RefusalId };
  }) => void;
  /** The server is going down for a restart: stay, the page reconnects by itself. */
  'server:stopping': () => void;
}

/** The event map of the client's side, for socket.io's generics. */
export type Requests = {
  [T in RequestType]: (body: import('./requests').RequestBody<T>, answer: (answer: Answer<T>) => void) => void;
};
