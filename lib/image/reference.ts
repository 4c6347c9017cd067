import { Failure } from '../errors';
import { compileRegex, type Regex } from '../pattern';

/**
 * How people and registries name an image: `[domain[:port]/]path[:tag][@digest]`. (distribution/reference, its grammar)
 *
 * A `Reference` is what was written, taken apart. `parseNormalised` reads it as the docker command does, so that `redis`
 * is `docker.io/library/redis`; `familiar` goes the other way.
 */
export interface Reference {
  /** Empty when none was written. */
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])`;
const domainPattern = `${host}(?::[0-9]+)?`;
const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const namePattern = `(?:${domainPattern}/)?${part}(?:/${part})*`;
const tagPattern = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digestPattern = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

const whole = new RegExp(`^(${namePattern})(?::(${tagPattern}))?(?:@(${digestPattern}))?$`);
const named = new RegExp(`^(?:(${domainPattern})/)?(${part}(?:/${part})*)$`);
const onlyDomain = new RegExp(`^${domainPattern}$`);
const identifier = /^[a-f0-9]{64}$/;
const shortIdentifier = /^[a-f0-9]{6,64}$/;

const longestName = 255;
const hashLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

export const defaultDomain = 'docker.io';
const official = 'library/';

/** As written. A Failure `invalid` in the words of distribution/reference. */
export function parseReference(text: string): Reference {
  const match = whole.exec(text);
  if (!match) throw refusal(text);
  const [, name = '', tag, digest] = match;
  const parts = named.exec(name);
  const [domain, path] = parts?.[1] === undefined ? ['', name] : [parts[1], parts[2]!];
  if (name.length > longestName) throw invalid(`repository name must not be more than ${longestName} characters`);
  if (digest !== undefined) requireDigest(digest);
  return { domain, path, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

function invalid(message: string): Failure {
  return new Failure('invalid', message);
}

function refusal(text: string): Failure {
  if (text === '') return invalid('repository name must have at least one component');
  if (whole.test(text.toLowerCase())) return invalid('repository name must be lowercase');
  return invalid('invalid reference format');
}

function requireDigest(digest: string): void {
  const [algorithm = '', hash = ''] = digest.split(':');
  const length = hashLengths[algorithm];
  if (length === undefined) throw invalid('unsupported digest algorithm');
  if (hash.length !== length) throw invalid('invalid checksum digest length');
  if (hash !== hash.toLowerCase()) throw invalid('invalid checksum digest format');
}

/** As the docker command reads it: a missing domain is docker.io, a lone name is of its `library`. No tag is added. */
export function parseNormalised(text: string): Reference {
  if (identifier.test(text)) {
    throw invalid(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const [domain, rest] = splitDomain(text);
  const [name = ''] = rest.split(':', 1);
  if (name !== name.toLowerCase())
    throw invalid(`invalid reference format: repository name (${name}) must be lowercase`);
  return parseReference(`${domain}/${rest}`);
}

/**
 * A name, or an image's id: all 64 digits with or without `sha256:`, or so many of them (6 at least) that only one of the
 * digests begins so. Answers the digest in full, or the name in full.
 */
export function parseAnyReference(text: string, digests: readonly string[] = []): string {
  const digits = text.startsWith('sha256:') ? text.slice(7) : text;
  if (identifier.test(digits)) return `sha256:${digits}`;
  const fitting = shortIdentifier.test(digits) ? digests.filter((digest) => digest.startsWith(`sha256:${digits}`)) : [];
  return fitting.length === 1 ? fitting[0]! : formatReference(parseNormalised(text));
}

/** The part before the first slash is a domain when it has a dot, a colon or a capital letter, or is `localhost`. */
function splitDomain(text: string): [domain: string, rest: string] {
  const slash = text.indexOf('/');
  if (slash < 0) return [defaultDomain, official + text];
  const [first, rest] = [text.slice(0, slash), text.slice(slash + 1)];
  if (first === 'index.docker.io' || first === defaultDomain) return [defaultDomain, inLibrary(rest)];
  if (first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()) return [first, rest];
  return [defaultDomain, text];
}

function inLibrary(path: string): string {
  return path.includes('/') ? path : official + path;
}

/** With `:latest` when neither tag nor digest is there. */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

/** What names one image: a digest wins over a tag that stands beside it. */
export function parseImageName(text: string): Reference {
  const { domain, path, tag, digest } = parseNormalised(text);
  return digest === undefined
    ? withDefaultTag({ domain, path, ...(tag !== undefined && { tag }) })
    : { domain, path, digest };
}

/** `docker.io/library/redis`: domain and path. */
export function nameOf({ domain, path }: Reference): string {
  return domain === '' ? path : `${domain}/${path}`;
}

function suffix({ tag, digest }: Reference): string {
  return `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** In full: `docker.io/library/redis:7`. */
export function formatReference(reference: Reference): string {
  return nameOf(reference) + suffix(reference);
}

/** The short name that people write: `redis`, `someone/tool`, `quay.io/a/b`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== defaultDomain) return nameOf({ domain, path });
  const rest = path.startsWith(official) ? path.slice(official.length) : path;
  return rest.includes('/') ? path : rest;
}

/** The short form with tag and digest: `redis:7`. */
export function familiar(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

/** Whether `docker images <pattern>` shows it: a glob in which `*` stops at a slash, against the short form or short name. */
export function matchReference(pattern: string, reference: Reference): boolean {
  const glob = globOf(pattern);
  return glob.test(familiar(reference)) || glob.test(familiarName(reference));
}

function globOf(pattern: string): Regex {
  const source = pattern.replace(
    /\\(.)|(\*+)|(\?)|(\[\^?[^\]]+\])|([^\\*?[])/gs,
    (_, escaped, star, one, set, plain) => {
      if (star) return '[^/]*';
      if (one) return '[^/]';
      return set ?? (escaped ?? plain).replace(/[.+^${}()|[\]\\/*?-]/g, '\\$&');
    },
  );
  try {
    return compileRegex(`^${source}$`, { syntax: 'perl' });
  } catch {
    throw invalid('syntax error in pattern');
  }
}

export function isDomain(text: string): boolean {
  return onlyDomain.test(text);
}

/** Domain and path of a bare name; undefined when it is none. */
export function splitName(text: string): readonly [domain: string, path: string] | undefined {
  const match = named.exec(text);
  return match ? [match[1] ?? '', match[2]!] : undefined;
}
