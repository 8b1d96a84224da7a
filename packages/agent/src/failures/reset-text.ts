import { DURATION, durationMs } from './duration.ts';
import { momentOfValue } from './reset-fields.ts';
import { momentOf, type WallTime, wallAt, zoneNamed } from './wall-clock.ts';

interface Here {
  readonly now: number;
  readonly zone: string;
}

const ABOUT = '(?:about |around |approximately |roughly |another |up to |less than |at least |~\\s?)?';
const WHEN =
  '(?:resets?|resetting|again|retry|retrying|until|available|renews?|renewed|refresh(?:es)?|restored?|back|after|expires?)';
const ISO =
  '\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?\\s?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?)?';
const HTTP_DATE =
  '(?:mon|tue|wed|thu|fri|sat|sun)\\w*, \\d{1,2}[ -]\\w{3}[ -]\\d{2,4} \\d\\d:\\d\\d:\\d\\d(?: GMT)?';

/** Each form takes its part out of the text, so that a wider one after it does not read half of it again. */
const FORMS: readonly (readonly [RegExp, (found: string, here: Here) => number | null])[] = [
  [
    new RegExp(`\\b(?:${WHEN}|limit reached)\\b[^\\n]{0,40}?(${HTTP_DATE})`, 'i'),
    (found) => asNumber(Date.parse(found)),
  ],
  [new RegExp(`\\b(?:${WHEN}|at|on)\\b[^\\n]{0,40}?(${ISO})(?![\\d-])`, 'i'), isoMoment],
  [
    /\b(?:reset\w*|limit reached|until|again|retry\w*)\D{0,20}?(\d{10,13})\b/i,
    (found, { now }) => momentOfValue(found, now),
  ],
  [
    new RegExp(
      `\\b(?:in|within|after|wait(?: for)?|for|retry[-_ ]?delay\\W{0,4})\\s+${ABOUT}(${DURATION})`,
      'i',
    ),
    afterDuration,
  ],
  [new RegExp(`retry[-_ ]?(?:after|delay|in)["']?\\s?[:=]?\\s?["']?(${DURATION})`, 'i'), afterDuration],
  [new RegExp(`(${DURATION})\\s(?:later|from now|left|remaining)\\b`, 'i'), afterDuration],
  [
    /retry[-_ ]?after["']?\s?[:=]?\s?["']?(\d{1,8}(?:\.\d+)?)\b(?!\s?[a-z:])/i,
    (found, { now }) => momentOfValue(found, now),
  ],
];

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTH = `(${MONTHS.join('|')})[a-z]{0,6}\\.?`;
const MONTH_FIRST = new RegExp(`\\b${MONTH}\\s(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s(\\d{4})\\b)?`, 'i');
const DAY_FIRST = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s(?:de |of )?${MONTH}\\b(?:,?\\s(?:de )?(\\d{4})\\b)?`,
  'i',
);
const CLOCK =
  /\b(?:(\d{1,2}):(\d\d)(?::\d\d)?\s?([ap]\.?m\b\.?)?|(\d{1,2})\s?([ap]\.?m\b\.?)|(noon|midnight))/i;
const ZONE =
  /^[\s,]{0,3}\(?((?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d\d)?|[A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]+|[A-Za-z]{1,8}(?: (?:standard |daylight )?time)?)\b\)?/i;

/** When limits end, as a text says. Times without a zone are taken in that of this machine. */
export function resetsInText(text: string, here: Here): number[] {
  return text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => /\d|midnight|noon|tomorrow|\ban? |half|month/i.test(line))
    .slice(0, 200)
    .flatMap((line) => resetsInLine(line.slice(0, 2000), here));
}

function resetsInLine(line: string, here: Here): number[] {
  const found: (number | null)[] = [];
  let rest = line;
  for (const [pattern, read] of FORMS) {
    for (let count = 0; count < 4; count += 1) {
      const match = rest.match(pattern);
      if (match?.[1] === undefined || match.index === undefined) break;
      found.push(read(match[1], here));
      rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    }
  }
  const said = rest.match(new RegExp(`\\b${WHEN}\\b(.{0,100})`, 'i'))?.[1];
  if (said !== undefined) found.push(clockMoment(said, here));
  return found.filter((at) => at !== null);
}

function afterDuration(found: string, { now }: Here): number | null {
  const ms = durationMs(found);
  return ms === null ? null : now + ms;
}

function isoMoment(found: string, { zone }: Here): number | null {
  const hasZone = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$/i.test(found.slice(10));
  if (hasZone)
    return asNumber(
      Date.parse(
        found
          .replace(' ', 'T')
          .replace(/\s?(?:UTC|GMT)$/i, 'Z')
          .replace(/\s/g, ''),
      ),
    );
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.split(/\D/).map(Number);
  return momentOf({ year, month, day, hour, minute }, zone);
}

/** `3pm (Europe/Berlin)`, `tomorrow at 9:00`, `Dec 3rd, 2026 6:45 PM`, `Monday 9am`, `December 1`. */
function clockMoment(said: string, here: Here): number | null {
  const clock = said.match(CLOCK);
  const after = clock?.index === undefined ? '' : said.slice(clock.index + clock[0].length);
  const zone = zoneNamed(after.match(ZONE)?.[1] ?? '') ?? here.zone;
  const time = clock === null ? MIDNIGHT : timeOf(clock);
  if (time === null) return null;
  const there: There = { now: here.now, zone, today: wallAt(here.now, zone), time };
  const dated = dateIn(said, there.today);
  if (dated !== null) return momentOfDate(dated, there);
  // A day in words of another language: the clock alone would be wrong.
  if (/\b20\d\d\b/.test(said)) return null;
  return momentOfDay(said, there) ?? (clock === null ? null : nextTime(there));
}

const MIDNIGHT = { hour: 0, minute: 0 };

/** A time of day in a zone, and what the calendar there shows now. */
interface There extends Here {
  readonly today: WallTime;
  readonly time: { readonly hour: number; readonly minute: number };
}

/** Days in words that are counted from today. */
function momentOfDay(said: string, there: There): number | null {
  const { zone, today, time } = there;
  if (/\btomorrow\b/i.test(said)) return inDays(1, there);
  if (/\b(?:next month|(?:on )?the (?:1st|first)\b)/i.test(said))
    return momentOf({ ...today, month: today.month + 1, day: 1, ...time }, zone);
  const weekday = DAYS.findIndex((name) => new RegExp(`\\b${name}(?:[a-z]{0,3}day)?\\b`, 'i').test(said));
  if (weekday < 0) return null;
  const now = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  const ahead = (weekday - now + 7) % 7;
  return inDays(ahead, there) > there.now ? inDays(ahead, there) : inDays(ahead + 7, there);
}

function momentOfDate({ date, hasYear }: Dated, { now, zone, today, time }: There): number {
  const at = momentOf({ ...date, ...time }, zone);
  const isPast = at < now - 86_400_000 && !hasYear;
  return isPast ? momentOf({ ...date, year: today.year + 1, ...time }, zone) : at;
}

function nextTime(there: There): number {
  return inDays(0, there) > there.now ? inDays(0, there) : inDays(1, there);
}

function inDays(days: number, { zone, today, time }: There): number {
  return momentOf({ ...today, day: today.day + days, ...time }, zone);
}

function timeOf([, hour, minute = '0', half, alone, aloneHalf, word]: RegExpMatchArray) {
  if (word !== undefined) return { hour: word.toLowerCase() === 'noon' ? 12 : 24, minute: 0 };
  const [side] = (half ?? aloneHalf ?? '').toLowerCase();
  const told = Number(hour ?? alone);
  if (told > (side === undefined ? 24 : 12) || Number(minute) > 59) return null;
  const noon = side === 'p' ? 12 : 0;
  return { hour: side === undefined ? told : (told % 12) + noon, minute: Number(minute) };
}

interface Dated {
  readonly date: Pick<WallTime, 'year' | 'month' | 'day'>;
  readonly hasYear: boolean;
}

function dateIn(said: string, today: WallTime): Dated | null {
  const [, name, day, year] = said.match(MONTH_FIRST) ?? [];
  const [, dayFirst, nameAfter, yearAfter] = name === undefined ? (said.match(DAY_FIRST) ?? []) : [];
  const month = MONTHS.indexOf((name ?? nameAfter ?? '').slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return null;
  const stated = year ?? yearAfter;
  const date = {
    year: stated === undefined ? today.year : Number(stated),
    month,
    day: Number(day ?? dayFirst),
  };
  return { date, hasYear: stated !== undefined };
}

function asNumber(at: number): number | null {
  return Number.isNaN(at) ? null : at;
}
