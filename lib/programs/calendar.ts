/** Dates in words, in UTC: the simulated computers know no other zone. */
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const pad = (value: number, width = 2, fill = '0') => String(value).padStart(width, fill);
const dayMilliseconds = 86_400_000;

/** `nanoseconds` since the epoch → text by strftime(3). */
export function formatTime(format: string, nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  return format.replace(/%([-_0^#]?)(\d*)(:{0,2}[A-Za-z%+])/g, (all, flag: string, width: string, letter: string) => {
    if (letter === 'N')
      return pad(Number(((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n), 9).slice(
        0,
        Number(width) || 9,
      );
    const text = part(letter, date);
    if (text === undefined) return all;
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
    if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
    if (flag === '^') return text.toUpperCase();
    return width ? text.padStart(Number(width), '0') : text;
  });
}

function part(letter: string, date: Date): string | undefined {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  const hours = date.getUTCHours();
  const minutes = date.getUTCMinutes();
  const seconds = date.getUTCSeconds();
  const weekday = date.getUTCDay();
  const clock = `${pad(hours)}:${pad(minutes)}:${pad(seconds)}`;
  const dayOfYear = Math.floor((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / dayMilliseconds);
  switch (letter) {
    case 'a':
      return dayNames[weekday]!.slice(0, 3);
    case 'A':
      return dayNames[weekday]!;
    case 'b':
    case 'h':
      return monthNames[month]!.slice(0, 3);
    case 'B':
      return monthNames[month]!;
    case 'c':
      return `${dayNames[weekday]!.slice(0, 3)} ${monthNames[month]!.slice(0, 3)} ${pad(day, 2, ' ')} ${clock} ${year}`;
    case 'C':
      return pad(Math.floor(year / 100));
    case 'd':
      return pad(day);
    case 'D':
    case 'x':
      return `${pad(month + 1)}/${pad(day)}/${pad(year % 100)}`;
    case 'e':
      return pad(day, 2, ' ');
    case 'F':
      return `${year}-${pad(month + 1)}-${pad(day)}`;
    case 'H':
      return pad(hours);
    case 'I':
      return pad(hours % 12 || 12);
    case 'j':
      return pad(dayOfYear + 1, 3);
    case 'k':
      return pad(hours, 2, ' ');
    case 'l':
      return pad(hours % 12 || 12, 2, ' ');
    case 'm':
      return pad(month + 1);
    case 'M':
      return pad(minutes);
    case 'n':
      return '\n';
    case 'p':
      return hours < 12 ? 'AM' : 'PM';
    case 'P':
      return hours < 12 ? 'am' : 'pm';
    case 'r':
      return `${pad(hours % 12 || 12)}:${pad(minutes)}:${pad(seconds)} ${hours < 12 ? 'AM' : 'PM'}`;
    case 'R':
      return `${pad(hours)}:${pad(minutes)}`;
    case 's':
      return String(Math.floor(date.getTime() / 1000));
    case 'S':
      return pad(seconds);
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return clock;
    case 'u':
      return String(weekday || 7);
    case 'U':
      return pad(Math.floor((dayOfYear + 7 - weekday) / 7));
    case 'V':
      return pad(isoWeek(date).week);
    case 'G':
      return String(isoWeek(date).year);
    case 'w':
      return String(weekday);
    case 'W':
      return pad(Math.floor((dayOfYear + 7 - ((weekday + 6) % 7)) / 7));
    case 'y':
      return pad(year % 100);
    case 'Y':
      return String(year);
    case 'z':
      return '+0000';
    case ':z':
      return '+00:00';
    case 'Z':
      return 'UTC';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

/** ISO 8601: week 1 has the year's first Thursday. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime());
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  return { year, week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMilliseconds + 1) / 7) };
}

/** What `date -d` and `touch -d` understand → nanoseconds since the epoch. Undefined when it is none of these forms. */
export function parseTime(text: string, nowMs: number): bigint | undefined {
  const trimmed = text.trim();
  if (/^@-?\d+(\.\d+)?$/.test(trimmed)) return milliseconds(Number(trimmed.slice(1)) * 1000);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?(?: ?(?:Z|UTC|\+00:?00))?$/.exec(
    trimmed,
  );
  if (iso) {
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ''] = iso;
    return (
      utc([year, month, day, hour, minute, second].map(Number)) +
      BigInt((fraction.slice(1) || '0').padEnd(9, '0').slice(0, 9))
    );
  }
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(trimmed);
  if (time) {
    const today = new Date(nowMs);
    return utc([
      today.getUTCFullYear(),
      today.getUTCMonth() + 1,
      today.getUTCDate(),
      Number(time[1]),
      Number(time[2]),
      Number(time[3] ?? 0),
    ]);
  }
  return parseStamp(trimmed, nowMs);
}

/** `[[CC]YY]MMDDhhmm[.ss]`, as `touch -t` has it. */
export function parseStamp(text: string, nowMs: number): bigint | undefined {
  const match = /^(\d{2}|\d{4})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0'] = match;
  const full =
    year === undefined
      ? new Date(nowMs).getUTCFullYear()
      : year.length === 4
        ? Number(year)
        : Number(year) + (Number(year) < 69 ? 2000 : 1900);
  return utc([full, Number(month), Number(day), Number(hour), Number(minute), Number(second)]);
}

function utc([year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]): bigint {
  return milliseconds(Date.UTC(year, month - 1, day, hour, minute, second));
}

function milliseconds(value: number): bigint {
  return BigInt(Math.round(value)) * 1_000_000n;
}
