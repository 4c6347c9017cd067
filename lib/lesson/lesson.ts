/**
 * A lesson: steps of text, what to try, and the state that shows it was done. Data only, so that a test can play every one.
 *
 * A step is met by *state*, never by the words typed: many solutions are accepted, and none passes early. `round` is the
 * question that everybody answers before running (predict → run → reveal). `solution` is one way that works, line by line as
 * typed at the student's prompt; `IMAGE` in a line or a text stands for the reference of the class's image.
 *
 * Steps are met in order: a goal is looked at only when those before it are met, and once met stays met. So "it is gone" can
 * simply say that there is none, after a step in which there was one. It is not a script: nothing is typed for the student.
 */
export interface Lesson {
  readonly id: string;
  readonly title: Words;
  readonly steps: readonly Step[];
}

/** The same words in each language of the interface. */
export type Words = Readonly<Record<'en' | 'es', string>>;

export interface Step {
  readonly id: string;
  /** Which belief this step tests: M0 to M17 of the misconception table in docs/lessons.md. */
  readonly misconceptions: readonly string[];
  readonly title: Words;
  readonly text: Words;
  readonly round?: Round;
  readonly goal: Condition;
  readonly solution: readonly string[];
  /** The analogy that fits this moment, and where it breaks. */
  readonly analogy?: Words;
}

export interface Round {
  readonly question: Words;
  readonly options: readonly { readonly id: string; readonly text: Words }[];
  /** The option that what happens confirms. */
  readonly answer: string;
}

/** What must be true of a student's computer. Containers are those made from the class's image. */
export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** At least `count` containers (1), in that state, made from the class's image, with all of these changes on their sheet. */
  | {
      readonly kind: 'container';
      readonly name?: string;
      readonly state?: 'created' | 'running' | 'paused' | 'exited';
      readonly changes?: readonly { readonly kind?: 'added' | 'changed' | 'deleted'; readonly path: string }[];
      readonly count?: number;
    }
  /** A tag other than the class's own exists, on an image that stands on the class image's layers. */
  | { readonly kind: 'committed' };
