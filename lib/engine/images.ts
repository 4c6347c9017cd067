import type { ImageId } from '../container';
import { Failure } from '../errors';
import type { Daemon } from './daemon';
import { imageConfig } from './image-config';
import { canonicalName, familiarName, nameParts } from './image-names';
import { type Filters, hasLabel, invalidFilter } from './list';
import { findImage } from './lookup';
import { namesOf, usersOf } from './rmi';
import type { ImageRecord } from './state';
import { parseTime } from './time';

export interface ListImagesOptions {
  readonly all?: boolean;
  readonly filters?: Filters;
}

/** One image with the names under which the list shows it. */
export interface ImageSummary {
  readonly record: ImageRecord;
  /** Familiar: `motd:1.0`. */
  readonly tags: readonly string[];
  /** Familiar: `motd@sha256:…`. */
  readonly digests: readonly string[];
  /** How many containers were made from it. */
  readonly containers: number;
}

const known = ['before', 'dangling', 'label', 'reference', 'since', 'until'];

/** `docker images`: newest first; images that only serve as parents are left out unless `all`. */
export function listImages(daemon: Daemon, options: ListImagesOptions = {}): ImageSummary[] {
  const filters = options.filters ?? {};
  for (const name of Object.keys(filters)) if (!known.includes(name)) throw invalidFilter(name);
  const parents = new Set([...daemon.state.images.byId.values()].map((image) => image.parent));
  const summaries = [...daemon.state.images.byId.values()].map((record) => summary(daemon, record, filters.reference));
  return summaries
    .filter(({ record, tags, digests }) => {
      const named = tags.length + digests.length > 0;
      if (filters.reference && !named) return false;
      if (!named && parents.has(record.id) && !options.all) return false;
      return accepts(daemon, record, filters, named);
    })
    .sort((a, b) => compareCreated(b.record, a.record));
}

function compareCreated(a: ImageRecord, b: ImageRecord): number {
  const [left, right] = [parseTime(a.created) ?? 0n, parseTime(b.created) ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

function summary(daemon: Daemon, record: ImageRecord, references: readonly string[] | undefined): ImageSummary {
  const names = namesOf(daemon, record.id)
    .map(familiarName)
    .filter((name) => !references || references.some((pattern) => matchReference(pattern, name)));
  return {
    record,
    tags: names.filter((name) => !name.includes('@')).sort(),
    digests: names.filter((name) => name.includes('@')),
    containers: usersOf(daemon, record.id).length,
  };
}

function accepts(daemon: Daemon, record: ImageRecord, filters: Filters, named: boolean): boolean {
  for (const value of filters.dangling ?? []) if (booleanFilter('dangling', value) === named) return false;
  if (
    filters.label &&
    !filters.label.every((label) => hasLabel(imageConfig(daemon, record).config?.Labels ?? null, label))
  )
    return false;
  for (const value of filters.before ?? []) if (compareCreated(record, findImage(daemon, value)) >= 0) return false;
  for (const value of filters.since ?? []) if (compareCreated(record, findImage(daemon, value)) <= 0) return false;
  return true;
}

export function booleanFilter(name: string, value: string): boolean {
  if (['1', 'true', 'True', 'TRUE', 't', 'T'].includes(value)) return true;
  if (['0', 'false', 'False', 'FALSE', 'f', 'F'].includes(value)) return false;
  throw new Failure('invalid', `invalid filter '${name}=[${value}]'`);
}

/** `path.Match` of the whole familiar name, of its repository, or of a pattern that is itself a name. */
function matchReference(pattern: string, name: string): boolean {
  const { repository } = nameParts(name);
  return (
    globMatches(pattern, name) || globMatches(pattern, repository) || canonicalName(pattern) === canonicalName(name)
  );
}

export function globMatches(pattern: string, text: string): boolean {
  const form = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${form}$`).test(text);
  } catch {
    return false;
  }
}

/** Ids of an image and of everything it was made from here, from the top down. */
export function ancestry(daemon: Daemon, image: ImageRecord): ImageRecord[] {
  const found = [image];
  for (let id: ImageId | undefined = image.parent; id; id = found.at(-1)!.parent) {
    const parent = daemon.state.images.byId.get(id);
    if (!parent) break;
    found.push(parent);
  }
  return found;
}
