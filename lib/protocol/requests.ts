import { z } from 'zod';

/**
 * What a browser may ask, imperative: the only words that enter the server. Every one is answered by an acknowledgement
 * (`answers.ts`), exactly once. Bounds here are about shape and size; rights are `lib/classroom/permit`'s, sense is `decide`'s.
 */
const code = z.string().max(20);
const machine = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/);
const terminal = z.string().regex(/^[a-z0-9-]{1,16}$/);
const container = z.string().regex(/^[0-9a-f]{64}$/);
const cursor = z.int().min(0);
const columns = z.int().min(10).max(500);
const rows = z.int().min(3).max(300);

/** The most a build context may hold, in bytes of all its files together. */
export const mostContextBytes = 2 * 1024 * 1024;
/** The most characters of one piece of typing. */
export const mostTyped = 64 * 1024;

/** The most characters of a file that is written by the page's editor. */
export const mostEdited = 1024 * 1024;

const seat = z.string().max(64);
const side = z.string().max(200);
const spotlight = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('board') }),
  z.object({ kind: z.literal('matrix'), path: z.string().max(4096).optional() }),
  z.object({ kind: z.literal('seat'), seat }),
  z.object({ kind: z.literal('pair'), left: side, right: side, path: z.string().max(4096).optional() }),
  z.object({ kind: z.literal('terminal') }),
  z.object({ kind: z.literal('round') }),
]);

/** Made by the browser. The same request with the same key again, whatever became of the first, has one effect. */
const key = z
  .string()
  .regex(/^[a-z0-9]{16,64}$/)
  .optional();

/** A request that does something: it may have a key. */
const act = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...shape, key });

const contextFile = z.object({
  path: z.string().min(1).max(1024),
  text: z.string().max(mostContextBytes).optional(),
  base64: z
    .string()
    .max(mostContextBytes * 1.4)
    .optional(),
});

export const requests = {
  'class:open': act({ title: z.string().max(10_000) }),
  'class:list': z.object({}),
  'class:end': act({ code }),
  'class:lock': act({ code, locked: z.boolean() }),
  /**
   * Events of the class after `cursor` (0: from the start, answered with a snapshot). A student's page that shows no roster
   * says `roster: false`: it hears how many the others are, not who.
   */
  'class:watch': z.object({ code, cursor, roster: z.boolean().optional() }),
  /**
   * The files and containers (never the terminals) of every machine of the class, or of those in `only`; cursors by machine id.
   */
  'board:watch': z.object({ code, cursors: z.record(machine, cursor), only: z.array(machine).max(100).optional() }),
  'image:check': z.object({ dockerfile: z.string().max(1024 * 1024) }),
  'image:build': act({
    code,
    reference: z.string().max(300),
    dockerfile: z.string().max(1024 * 1024),
    files: z.array(contextFile).max(500),
  }),
  /** Ends the build that is under way on the host's computer. */
  'image:stop': act({ code }),
  'image:publish': act({ code, reference: z.string().max(300) }),
  /** What a code leads to, before a name is typed: title, phase, whether it is full. */
  'seat:look': z.object({ code }),
  'seat:take': act({ code, name: z.string().max(10_000) }),
  'seat:rename': act({ code, seat: z.string().max(64), name: z.string().max(10_000) }),
  'seat:remove': act({ code, seat: z.string().max(64) }),
  /** One's own machine, terminals included. */
  'machine:watch': z.object({ code, machine, cursor }),
  /** The host's terminal, while it is in the spotlight. */
  'screen:watch': z.object({ code, cursor }),
  'terminal:open': z.object({ code, machine, terminal, columns, rows }),
  /** `seq` counts up from 1 for each `client` (a browser tab): what has been taken already is acknowledged and not repeated. */
  'terminal:type': z.object({
    code,
    machine,
    terminal,
    client: z.string().regex(/^[a-z0-9]{8,32}$/),
    seq: z.int().min(1),
    data: z.string().min(1).max(mostTyped),
  }),
  'terminal:resize': z.object({ code, machine, terminal, columns, rows }),
  /** Closes the editor that `vi` opened: with `text` the file is written, without it stays as it was. */
  'editor:close': act({ code, machine, terminal, text: z.string().max(mostEdited).optional() }),
  /** What stands in one's open editor just now, for who looks over the shoulder. It is told and not kept. */
  'editor:draft': z.object({ code, machine, terminal, path: z.string().max(4096), text: z.string().max(mostTyped) }),
  /** A way to the pages that this computer's containers serve, for a while. */
  'page:link': z.object({ code, machine }),
  'class:freeze': act({ code, frozen: z.boolean() }),
  'rules:set': act({ code, compare: z.boolean(), names: z.boolean() }),
  /** A link for somebody else: to look on (`view`), or to teach too (`host`, who must sign in as well). */
  'link:make': z.object({ code, kind: z.enum(['view', 'host']) }),
  'links:revoke': act({ code }),
  'hand:raise': act({ code }),
  'hand:lower': act({ code, seat: seat.optional() }),
  'note:send': act({ code, to: seat, text: z.string().max(10_000) }),
  'spotlight:move': act({ code, spotlight: spotlight.nullable() }),
  'look:ask': act({ code, seat }),
  'look:grant': act({ code, typing: z.boolean() }),
  'look:end': act({ code, seat: seat.optional() }),
  'round:open': act({ code, lesson: z.string().max(64), step: z.string().max(64) }),
  'round:answer': act({ code, option: z.string().max(64), sure: z.enum(['guess', 'fairly', 'certain']) }),
  'round:reveal': act({ code }),
  'round:close': act({ code }),
  /** A line for `sh -c` in every running container of these seats (all seats: absent) that stands on a published image. */
  'everyone:run': act({ code, line: z.string().min(1).max(2000), seats: z.array(seat).max(1000).optional() }),
  /** A file into the home folder of every student's computer, or (`inside`) into their running containers. */
  'everyone:give': act({
    code,
    path: z.string().min(1).max(1024),
    text: z.string().max(64 * 1024),
    inside: z.boolean(),
    seats: z.array(seat).max(1000).optional(),
  }),
  /** Before which commands this container was another, and how much each changed. */
  'earlier:list': z.object({ code, machine, container }),
  /** It, as it was when its computer's stream ended at `version`: of a point that was listed, or any other. */
  'earlier:get': z.object({ code, machine, container, version: z.int().min(1) }),
  /** One that has been removed, by the beginning of its id, as it was at the last moment that is remembered of it. */
  'earlier:last': z.object({ code, machine, container: z.string().regex(/^[0-9a-f]{12,64}$/) }),
  /** Back to the sheets as they were before the last command that changed any; one's own machine, or (host) a seat's. */
  'machine:undo': act({ code, seat: seat.optional() }),
  /** All containers gone, the computer as it was when the seat was taken. */
  'machine:reset': act({ code, seat: seat.optional() }),
  'content:get': z.object({ code, digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) }),
  'proof:report': act({
    code,
    manifestDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    verified: z.int().min(0).max(1000),
    total: z.int().min(1).max(1000),
    ms: z.number().min(0).max(600_000),
  }),
} as const;

export type RequestType = keyof typeof requests;
export type RequestBody<T extends RequestType> = z.infer<(typeof requests)[T]>;
