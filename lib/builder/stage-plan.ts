import type { Stage, StageScope } from '../dockerfile';
import type { Settings } from './settings';
import type { Step } from './step';

/** A stage with everything decided that can be without running anything. */
export interface StagePlan {
  readonly stage: Stage;
  readonly base: StageBase;
  readonly steps: readonly Step[];
  readonly history: readonly PlannedHistory[];
  readonly settings: Settings;
  readonly author?: string;
  /** Variables at the end, for a stage that builds on this one. */
  readonly scope: StageScope;
  readonly platform: string;
  /** Numbers of vertices: `[1/4]`. ONBUILD's come on top, but FROM does not know that yet. */
  readonly total: number;
  readonly totalWithTriggers: number;
}

export type StageBase =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly plan: StagePlan }
  | { readonly kind: 'image'; readonly reference: string };

/** A line of the history to be: with a step it has a layer. */
export interface PlannedHistory {
  readonly text: string;
  readonly step?: Step;
}
