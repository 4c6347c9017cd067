/** Who asks. Root (uid 0) passes every permission check but execute on a file with no execute bit, as on Linux. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups. */
  readonly groups: readonly number[];
}

export const root: Credentials = { uid: 0, gid: 0, groups: [0] };
