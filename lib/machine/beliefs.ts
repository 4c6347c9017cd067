import type { Said } from '../cli';
import type { ImageId } from '../container';
import type { Engine } from '../engine';
import { changes } from '../snapshot';
import type { Belief, PersonEvent } from './events';

/** What was done last that may turn out to be telling: what comes next decides. */
type Before =
  /** Stopped containers are gone for good, and their written sheets with them. */
  | { readonly kind: 'removed' }
  /** These images could not be removed. */
  | { readonly kind: 'refused'; readonly images: readonly string[] }
  /** A container on `base` became another image. */
  | { readonly kind: 'committed'; readonly base: ImageId; readonly made: readonly ImageId[] };

/** They only look, and take nothing of what was done before away. */
const looks = new Set(['container ls', 'image ls', 'container diff', 'container logs', 'container inspect']);
/** They ask for an image by name. */
const asks = new Set(['container run', 'container create', 'image history', 'image inspect']);

/**
 * What somebody's `docker` commands betray of what they believe (docs/lessons.md), one after another in all their terminals:
 *
 * - M3, a stopped container is gone: throws one away that holds changes, and looks for them in `docker images`
 * - M4, removing an image removes its containers: `rmi`, an error, and the same again with `-f`
 * - M5, a commit changes the image it began from: commits, and then asks for the old one
 *
 * Doing what contradicts a belief takes it back: a stopped container is started, an image removed without force, the
 * committed image asked for. The lines themselves stay private.
 */
export class BeliefWatch {
  #before: Before | undefined;

  constructor(
    readonly engine: () => Engine,
    /** Those that are told now. */
    readonly shown: () => readonly Belief[],
    readonly emit: (event: PersonEvent) => void,
  ) {}

  /** A command begins; what is answered is to be told its exit code. */
  heard({ command, args, forced }: Said): (exitCode: number) => void {
    const before = this.#before;
    if (!looks.has(command)) this.#before = undefined;
    if (command === 'image ls' && before?.kind === 'removed') this.#show('M3');
    if (command === 'container start' && args.some((name) => this.#stopped(name))) this.#correct('M3');
    if (asks.has(command) && before?.kind === 'committed') this.#asked(before, args[0] ?? '');
    if (command === 'container rm') return this.#removing(args);
    if (command === 'image rm') return this.#removingImages(before, args, forced);
    if (command === 'container commit') return this.#committing(args[0] ?? '');
    return () => {};
  }

  #removing(names: readonly string[]): (exitCode: number) => void {
    const lost = names.filter((name) => this.#stopped(name) && this.#written(name));
    return () => {
      if (lost.some((name) => !this.#container(name))) this.#before = { kind: 'removed' };
    };
  }

  #removingImages(before: Before | undefined, images: readonly string[], forced: boolean): (exitCode: number) => void {
    if (forced && before?.kind === 'refused' && images.some((name) => before.images.includes(name))) this.#show('M4');
    return (exitCode) => {
      if (exitCode === 0 && !forced) this.#correct('M4');
      if (exitCode !== 0 && !forced) this.#before = { kind: 'refused', images };
    };
  }

  #committing(name: string): (exitCode: number) => void {
    const base = this.#container(name)?.imageId;
    const known = new Set(this.#images());
    return (exitCode) => {
      if (exitCode !== 0 || !base) return;
      this.#before = { kind: 'committed', base, made: this.#images().filter((id) => !known.has(id)) };
    };
  }

  #asked({ base, made }: Extract<Before, { kind: 'committed' }>, reference: string): void {
    const id = quietly(() => this.engine().image(reference).id);
    if (id === base) this.#show('M5');
    else if (id && made.includes(id)) this.#correct('M5');
  }

  #images(): readonly ImageId[] {
    return [...this.engine().daemon.state.images.byId.keys()];
  }

  #container(name: string) {
    return quietly(() => this.engine().container(name));
  }

  #stopped(name: string): boolean {
    return this.#container(name)?.state.state === 'exited';
  }

  #written(name: string): boolean {
    const record = this.#container(name);
    const stored = record && this.engine().daemon.state.sheets.get(record.snapshot);
    return stored !== undefined && changes(stored.sheet.lower, stored.sheet).length > 0;
  }

  #show(belief: Belief): void {
    if (!this.shown().includes(belief)) this.emit({ type: 'person:showed', belief });
  }

  #correct(belief: Belief): void {
    if (this.shown().includes(belief)) this.emit({ type: 'person:corrected', belief });
  }
}

/** What may not be there is asked for here: then there is nothing to say of it. */
function quietly<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
