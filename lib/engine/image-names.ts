/**
 * Names of images between how people write them (`motd`) and how they are kept (`docker.io/library/motd:latest`).
 */
const defaultDomain = 'docker.io';

interface Parts {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

function split(text: string): Parts | undefined {
  const found = /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text);
  if (!found || !validRepository(found[1]!)) return undefined;
  return { repository: canonicalRepository(found[1]!), tag: found[2], digest: found[3] };
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const repositoryForm = new RegExp(
  `^(?:(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\])(?::\\d+)?/)?${component}(?:/${component})*$`,
);

function validRepository(text: string): boolean {
  return text.length <= 255 && repositoryForm.test(text);
}

/** `motd` → `docker.io/library/motd`, `ana/motd` → `docker.io/ana/motd`, `reg.example:5000/x` stays. */
export function canonicalRepository(name: string): string {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()) {
    return first === 'index.docker.io' ? `${defaultDomain}/${name.slice(slash + 1)}` : withLibrary(name);
  }
  return slash < 0 ? `${defaultDomain}/library/${name}` : `${defaultDomain}/${name}`;
}

function withLibrary(name: string): string {
  const rest = name.startsWith(`${defaultDomain}/`) ? name.slice(defaultDomain.length + 1) : undefined;
  return rest !== undefined && !rest.includes('/') ? `${defaultDomain}/library/${rest}` : name;
}

/** The key under which a reference is kept: with a tag (`latest` when none was written) or with a digest. Undefined: not a reference. */
export function canonicalName(reference: string): string | undefined {
  const parts = split(reference);
  if (!parts) return undefined;
  if (parts.digest) return `${parts.repository}@${parts.digest}`;
  return `${parts.repository}:${parts.tag ?? 'latest'}`;
}

/** What was written, with the tag that was meant: `motd` → `motd:latest`. */
export function defaultTag(reference: string): string {
  const parts = split(reference);
  return parts && !parts.tag && !parts.digest ? `${reference}:latest` : reference;
}

/** The short form that is shown: `docker.io/library/motd:1.0` → `motd:1.0`. */
export function familiarName(canonical: string): string {
  if (canonical.startsWith(`${defaultDomain}/library/`)) return canonical.slice(defaultDomain.length + 9);
  return canonical.startsWith(`${defaultDomain}/`) ? canonical.slice(defaultDomain.length + 1) : canonical;
}

/** `docker.io/library/motd:1.0` → repository and tag, or repository and digest. */
export function nameParts(canonical: string): {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
} {
  const at = canonical.indexOf('@');
  if (at >= 0) return { repository: canonical.slice(0, at), digest: canonical.slice(at + 1) };
  const colon = canonical.lastIndexOf(':');
  return { repository: canonical.slice(0, colon), tag: canonical.slice(colon + 1) };
}
