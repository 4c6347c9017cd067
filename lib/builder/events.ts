import type { LineRange, Warning } from '../dockerfile';

/**
 * What a build tells while it runs. Vertices are numbered from 1 in the order in which they begin; times are milliseconds
 * since the vertex began.
 */
export type BuildEvent =
  | { readonly type: 'vertex-started'; readonly vertex: number; readonly name: string }
  /** Something the vertex does on the way: `transferring context: 2B`. */
  | { readonly type: 'vertex-status'; readonly vertex: number; readonly text: string; readonly time: number }
  /** Output of a RUN, line by line or in part: bytes as text. */
  | {
      readonly type: 'vertex-output';
      readonly vertex: number;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      readonly time: number;
    }
  | { readonly type: 'vertex-cached'; readonly vertex: number }
  | { readonly type: 'vertex-done'; readonly vertex: number; readonly time: number }
  | { readonly type: 'vertex-canceled'; readonly vertex: number }
  | { readonly type: 'vertex-failed'; readonly vertex: number; readonly message: string }
  | { readonly type: 'warning-found'; readonly vertex: number; readonly warning: Warning }
  | { readonly type: 'build-failed'; readonly failure: BuildFailureFacts }
  | { readonly type: 'image-built'; readonly imageId: string };

/** A failed build as plain data. */
export interface BuildFailureFacts {
  /** The sentence after `ERROR: failed to build: failed to solve: `. */
  readonly message: string;
  /** Lines of the Dockerfile that the message is about. */
  readonly range?: LineRange;
  readonly dockerfile: string;
  readonly dockerfileName: string;
}
