import { quote } from './characters';
import { didYouMean, suggest } from './suggest';

/** A `RUN --mount=…`, read. Paths are as written: the working directory is not known here. */
export type Mount =
  | {
      readonly type: 'bind';
      readonly target: string;
      readonly source: string;
      readonly from?: string;
      readonly readWrite: boolean;
    }
  | {
      readonly type: 'cache';
      readonly target: string;
      readonly id: string;
      readonly from?: string;
      readonly source: string;
      readonly sharing: 'shared' | 'private' | 'locked';
      readonly readOnly: boolean;
      readonly mode?: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly type: 'tmpfs'; readonly target: string; readonly size?: number }
  | {
      readonly type: 'secret' | 'ssh';
      readonly id: string;
      /** Where it appears as a file; absent when only `env` asks for it. */
      readonly target?: string;
      readonly env?: string;
      readonly required: boolean;
      readonly mode?: number;
      readonly uid: number;
      readonly gid: number;
    };

/** Why a mount cannot be read. */
export class MountError extends Error {
  override readonly name = 'MountError';
}

const keys = ['type', 'from', 'source', 'src', 'target', 'dst', 'destination', 'readonly', 'ro', 'readwrite', 'rw'];
const moreKeys = ['id', 'sharing', 'required', 'size', 'mode', 'uid', 'gid', 'env'];
const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

/** The fields of one line of comma-separated values; a field in double quotes may hold commas. */
export function splitFields(text: string): string[] | undefined {
  const fields: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",]*)(,|$)/y;
  while (field.lastIndex <= text.length) {
    const match = field.exec(text);
    if (!match) return undefined;
    const raw = match[1]!;
    fields.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (match[2] === '') return fields;
  }
  return fields;
}

/** What is wrong before any variable is known. */
export function checkMountSyntax(text: string): string | undefined {
  if (text === '') return 'failed to parse csv mounts: EOF';
  if (splitFields(text) === undefined)
    return `failed to parse csv mounts: parse error on line 1, column ${text.indexOf('"') + 1}: bare " in non-quoted field`;
  return undefined;
}

interface Draft {
  type: string;
  from?: string;
  source?: string;
  target?: string;
  id?: string;
  env?: string;
  sharing?: string;
  readOnly?: boolean;
  required?: boolean;
  size?: number;
  mode?: number;
  uid?: number;
  gid?: number;
}

/** Reads a mount whose variables are expanded. Throws a MountError with BuildKit's sentence. */
export function readMount(text: string): Mount {
  const draft: Draft = { type: 'bind' };
  for (const field of splitFields(text) ?? []) readField(draft, field);
  return finished(draft);
}

function readField(draft: Draft, field: string): void {
  const equals = field.indexOf('=');
  const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
  if (equals < 0) {
    if (key === 'readonly' || key === 'ro') draft.readOnly = true;
    else if (key === 'readwrite' || key === 'rw') draft.readOnly = false;
    else if (key === 'required') draft.required = true;
    else throw new MountError(`invalid field '${field}' must be a key=value pair`);
    return;
  }
  setField(draft, key, field.slice(equals + 1), field);
}

function setField(draft: Draft, key: string, value: string, field: string): void {
  switch (key) {
    case 'type':
      draft.type = value.toLowerCase();
      if (!types.includes(draft.type as (typeof types)[number])) throw unsupportedType(value);
      return;
    case 'from':
    case 'id':
    case 'env':
      draft[key] = value;
      return;
    case 'source':
    case 'src':
      draft.source = value;
      return;
    case 'target':
    case 'dst':
    case 'destination':
      draft.target = value;
      return;
    case 'readonly':
    case 'ro':
      draft.readOnly = boolean(key, value);
      return;
    case 'readwrite':
    case 'rw':
      draft.readOnly = !boolean(key, value);
      return;
    case 'required':
      draft.required = boolean(key, value);
      return;
    case 'sharing':
      if (!['shared', 'private', 'locked'].includes(value)) {
        throw new MountError(
          `unsupported sharing value ${quote(value)}${didYouMean(suggest(value, ['shared', 'private', 'locked']))}`,
        );
      }
      draft.sharing = value;
      return;
    case 'size':
      draft.size = size(value);
      return;
    case 'mode':
      draft.mode = number(key, value, 8);
      return;
    case 'uid':
    case 'gid':
      draft[key] = number(key, value, 10);
      return;
    default:
      throw new MountError(`unexpected key '${key}' in '${field}'${didYouMean(suggest(key, [...keys, ...moreKeys]))}`);
  }
}

function unsupportedType(value: string): MountError {
  return new MountError(`unsupported mount type ${quote(value)}${didYouMean(suggest(value, types))}`);
}

function boolean(key: string, value: string): boolean {
  if (/^(1|t|true)$/i.test(value)) return true;
  if (/^(0|f|false)$/i.test(value)) return false;
  throw new MountError(`invalid value for ${key}: ${value}`);
}

function number(key: string, value: string, base: 8 | 10): number {
  const digits = base === 8 ? /^[0-7]+$/ : /^\d+$/;
  if (!digits.test(value)) throw new MountError(`invalid value ${value} for ${key}`);
  return Number.parseInt(value, base);
}

function size(value: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(value);
  if (!match) throw new MountError(`invalid value for size: ${value}`);
  return Math.floor(Number(match[1]) * 1024 ** ' kmgtp'.indexOf((match[2] || ' ').toLowerCase()));
}

function finished(draft: Draft): Mount {
  const { source = '', from, target = '' } = draft;
  switch (draft.type) {
    case 'cache':
      needTarget(target);
      return {
        type: 'cache',
        target,
        id: draft.id ?? target,
        from,
        source,
        sharing: (draft.sharing ?? 'shared') as 'shared' | 'private' | 'locked',
        readOnly: draft.readOnly ?? false,
        mode: draft.mode,
        uid: draft.uid ?? 0,
        gid: draft.gid ?? 0,
      };
    case 'tmpfs':
      needTarget(target);
      return { type: 'tmpfs', target, size: draft.size };
    case 'secret':
    case 'ssh':
      return secret(draft, draft.type);
    default:
      needTarget(target);
      return { type: 'bind', target, source, from, readWrite: draft.readOnly === false };
  }
}

function needTarget(target: string): void {
  if (target.replace(/[/.]+/g, '') === '') throw new MountError('invalid mount target "/"');
}

function secret(draft: Draft, type: 'secret' | 'ssh'): Mount {
  const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const id = draft.id ?? draft.source ?? (draft.target ? base(draft.target) : '');
  if (type === 'secret' && id === '' && !draft.env) {
    throw new MountError('invalid secret mount. one of source, target required');
  }
  const target = draft.target ?? (type === 'ssh' || draft.env ? undefined : `/run/secrets/${base(id)}`);
  return {
    type,
    id: id || (type === 'ssh' ? 'default' : (draft.env ?? '')),
    target,
    env: draft.env,
    required: draft.required ?? false,
    mode: draft.mode,
    uid: draft.uid ?? 0,
    gid: draft.gid ?? 0,
  };
}
