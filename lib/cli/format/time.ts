/** `2026-01-05 09:00:00 +0000 UTC`, as Go prints a time. */
export function wallTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} +0000 UTC`;
}
