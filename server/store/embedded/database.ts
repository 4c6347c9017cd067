import Database from 'libsql';
import { pieceBytes } from '../blob-store';
import { rungOf, rungs } from '../event-log';
import type { Operations } from './messages';

/**
 * One SQLite file. A row of `batches` is one append: events `first` to `first + count - 1`, so that the primary key itself
 * refuses a second writer of the same version, even from another process. WAL with synchronous=FULL: a commit is on the
 * disk when it returns, so neither kill -9 nor a power cut loses what was acknowledged. (`states` is what `kept_states` was before
 * there was more than one: losing it costs only time.)
 */
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS batches (
    stream TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, events TEXT NOT NULL, PRIMARY KEY (stream, first)
  );
  DROP TABLE IF EXISTS states;
  CREATE TABLE IF NOT EXISTS kept_states (
    stream TEXT NOT NULL, rung INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (stream, rung)
  );
  CREATE TABLE IF NOT EXISTS blobs (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS large_blobs (digest TEXT PRIMARY KEY, pieces_of TEXT NOT NULL, size INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS pieces (pieces_of TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (pieces_of, at));
`;

export type Tables = {
  [O in Exclude<keyof Operations, 'close'>]: (ask: Operations[O]['ask']) => Operations[O]['answer'];
} & {
  /** One durable commit around all of it. */
  commit(work: () => void): void;
  close(): void;
};

interface Batch {
  readonly first: number;
  readonly count: number;
  readonly events: string;
}

export function openDatabase(file: string): Tables {
  const db = new Database(file);
  db.exec(schema);
  return {
    ...streams(db),
    ...states(db),
    ...blobs(db),
    ...largeBlobs(db),
    commit: (work) => commit(db, work),
    close: () => void db.close(),
  };
}

type Db = InstanceType<typeof Database>;

function streams(db: Db): Pick<Tables, 'append' | 'read' | 'version'> {
  const last = db.prepare(
    'SELECT first + count - 1 AS version FROM batches WHERE stream = ? ORDER BY first DESC LIMIT 1',
  );
  const insert = db.prepare('INSERT INTO batches (stream, first, count, events) VALUES (?, ?, ?, ?)');
  const select = db.prepare(`SELECT first, count, events FROM batches WHERE stream = ?
    AND first >= COALESCE((SELECT MAX(first) FROM batches WHERE stream = ? AND first <= ?), 0) ORDER BY first LIMIT ?`);
  const version = ({ stream }: { stream: string }) =>
    (last.get(stream) as { version: number } | undefined)?.version ?? 0;
  return {
    version,
    append({ stream, expected, events }) {
      const actual = version({ stream });
      if (actual !== expected) return { ok: false, version: actual };
      // JSON text of each event, put together without being parsed again.
      if (events.length) insert.run(stream, expected + 1, events.length, `[${events.join(',')}]`);
      return { ok: true, version: expected + events.length };
    },
    read({ stream, after, limit }) {
      const rows = select.all(stream, stream, after + 1, limit + 1) as Batch[];
      const events: string[] = [];
      for (const { first, count, events: text } of rows) {
        if (first + count - 1 <= after) continue;
        const skip = Math.max(0, after + 1 - first);
        for (const event of (JSON.parse(text) as unknown[]).slice(skip)) events.push(JSON.stringify(event));
        if (events.length >= limit) break;
      }
      return { upTo: after + Math.min(events.length, limit), events: events.slice(0, limit) };
    },
  };
}

function states(db: Db): Pick<Tables, 'keep' | 'kept'> {
  const put =
    db.prepare(`INSERT INTO kept_states (stream, rung, version, state) VALUES (?, ?, ?, ?) ON CONFLICT (stream, rung)
    DO UPDATE SET version = excluded.version, state = excluded.state WHERE excluded.version > version`);
  const forget = db.prepare(
    'DELETE FROM kept_states WHERE stream = ?1 AND rung < (SELECT MAX(rung) FROM kept_states WHERE stream = ?1) - ?2',
  );
  const get = db.prepare(
    'SELECT version, state FROM kept_states WHERE stream = ? AND version <= ? ORDER BY rung DESC LIMIT 1',
  );
  return {
    keep({ stream, version, state }) {
      put.run(stream, rungOf(version), version, state);
      forget.run(stream, rungs.most);
    },
    kept: ({ stream, upTo }) => get.get(stream, upTo) as Operations['kept']['answer'],
  };
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function blobs(db: Db): Pick<Tables, 'put' | 'get' | 'has'> {
  const put = db.prepare('INSERT OR IGNORE INTO blobs (digest, bytes) VALUES (?, ?)');
  const get = db.prepare('SELECT bytes FROM blobs WHERE digest = ?');
  const pieces = db.prepare(
    'SELECT bytes FROM pieces WHERE pieces_of = (SELECT pieces_of FROM large_blobs WHERE digest = ?) ORDER BY at',
  );
  const has = db.prepare('SELECT 1 FROM blobs WHERE digest = ?1 UNION ALL SELECT 1 FROM large_blobs WHERE digest = ?1');
  return {
    put: ({ digest, bytes }) => void put.run(digest, asBuffer(bytes)),
    get({ digest }) {
      const whole = (get.get(digest) as { bytes: Uint8Array } | undefined)?.bytes;
      if (whole || has.get(digest) === undefined) return whole;
      return Buffer.concat((pieces.all(digest) as { bytes: ArrayBuffer }[]).map(({ bytes }) => new Uint8Array(bytes)));
    },
    has: ({ digest }) => has.get(digest) !== undefined,
  };
}

/** Blobs that came in pieces. Pieces whose blob was never adopted are those of an import that was cut off: they go at the start. */
function largeBlobs(db: Db): Pick<Tables, 'piece' | 'adopt' | 'discard' | 'size' | 'part'> {
  db.exec('DELETE FROM pieces WHERE pieces_of NOT IN (SELECT pieces_of FROM large_blobs)');
  const piece = db.prepare('INSERT INTO pieces (pieces_of, at, bytes) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM pieces WHERE pieces_of = ?');
  const length = db.prepare('SELECT COALESCE(SUM(LENGTH(bytes)), 0) AS size FROM pieces WHERE pieces_of = ?');
  const adopt = db.prepare('INSERT INTO large_blobs (digest, pieces_of, size) VALUES (?, ?, ?)');
  const size = db.prepare(`SELECT LENGTH(bytes) AS size FROM blobs WHERE digest = ?1
    UNION ALL SELECT size FROM large_blobs WHERE digest = ?1`);
  const small = db.prepare('SELECT SUBSTR(bytes, ?, ?) AS bytes FROM blobs WHERE digest = ?');
  const large = db.prepare(
    'SELECT bytes FROM pieces WHERE pieces_of = (SELECT pieces_of FROM large_blobs WHERE digest = ?) AND at = ?',
  );
  const sizeOf = (digest: string) => (size.get(digest) as { size: number } | undefined)?.size;
  return {
    piece: ({ of, at, bytes }) => void piece.run(of, at, asBuffer(bytes)),
    adopt({ blobs: adopted }) {
      for (const { digest, of, size: expected } of adopted) {
        if (sizeOf(digest) !== undefined) drop.run(of);
        else if ((length.get(of) as { size: number }).size !== expected)
          throw new Error(`pieces of ${digest} are gone`);
        else adopt.run(digest, of, expected);
      }
    },
    discard({ of }) {
      for (const name of of) drop.run(name);
      return undefined;
    },
    size: ({ digest }) => sizeOf(digest),
    part({ digest, at }) {
      const found = (small.get(at * pieceBytes + 1, pieceBytes, digest) ?? large.get(digest, at)) as
        | { bytes: Uint8Array }
        | undefined;
      return found?.bytes.length ? found.bytes : undefined;
    },
  };
}

function commit(db: Db, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
