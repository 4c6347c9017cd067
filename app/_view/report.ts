import type { SeatView } from './types';

/** A class as rows to keep, one a container (a person without one has a row too). */
export interface ReportRow {
  readonly seat: string;
  readonly name: string;
  readonly lastAt?: number;
  readonly stuckOn?: string;
  /** Their place among those who ask, 1 for the next. */
  readonly asks?: number;
  readonly container?: string;
  readonly containerId?: string;
  readonly image?: string;
  readonly imageId?: string;
  readonly status?: string;
  readonly sheetDigest?: string;
  readonly bytes?: number;
  /** As `docker diff` writes them: `C /etc/motd`. */
  readonly changes: readonly string[];
  /** `7 of 7`, of the image on the board. */
  readonly proof?: string;
  /** Answer to the question that is open, or was last. */
  readonly answer?: string;
  /** Of every round that the class remembers, a line each. */
  readonly predictions?: readonly string[];
}

const letters = { added: 'A', changed: 'C', deleted: 'D' } as const;

/** `of`: what is known of a seat besides its containers. */
export function reportOf(
  seats: readonly SeatView[],
  of: (seat: string) => Pick<ReportRow, 'proof' | 'answer' | 'predictions' | 'asks'>,
): readonly ReportRow[] {
  return seats.flatMap(({ seat, name, lastAt, stuckOn, containers }): ReportRow[] => {
    const person = { seat, name, lastAt, stuckOn, ...of(seat) };
    if (containers.length === 0) return [{ ...person, changes: [] }];
    return containers.map((container) => ({
      ...person,
      container: container.name,
      containerId: container.id,
      image: container.image,
      imageId: container.imageId,
      status: container.status,
      sheetDigest: container.digest,
      bytes: container.bytes,
      changes: container.changes.map(({ kind, path }) => `${letters[kind]} ${path}`),
    }));
  });
}

const columns = [
  'seat',
  'name',
  'container',
  'containerId',
  'image',
  'imageId',
  'status',
  'sheetDigest',
  'bytes',
  'changes',
  'proof',
  'answer',
  'lastAt',
  'stuckOn',
  'asks',
  'predictions',
] as const satisfies readonly (keyof ReportRow)[];

/** RFC 4180, with a heading line. What a spreadsheet would take for a formula begins with an apostrophe. */
export function csvOf(rows: readonly ReportRow[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function cell(value: ReportRow[keyof ReportRow]): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : value.join('\n');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
