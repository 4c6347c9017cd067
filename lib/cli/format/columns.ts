/** Go's tabwriter as `docker top` uses it: columns at least 20 wide, three spaces between. */
export function tabulateColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(20, ...rows.map((row) => (row[column] ?? '').length + 1)));
  return rows
    .map(
      (row) =>
        `${row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column]!) : cell)).join('')}\n`,
    )
    .join('');
}
