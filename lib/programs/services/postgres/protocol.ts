/** What postgres and psql say to each other: a line of JSON each way, a protocol of their own. Other clients do not reach it. */
import type { Database, Outcome } from '../sql/values';

export const version = '17.6';

/** Who asks, and which database. */
export interface Who {
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
}

export interface Request {
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  /** Without it, and with `list`, the catalogue is asked for. */
  readonly sql?: string;
  readonly list?: boolean;
}

export interface Catalogue {
  readonly databases: readonly string[];
  /** Of the database that is connected to. */
  readonly tables: Database;
  readonly user: string;
}

export type Answer =
  | { readonly outcome: Outcome }
  | { readonly error: string; readonly detail?: string; readonly fatal?: boolean }
  | { readonly catalogue: Catalogue };
