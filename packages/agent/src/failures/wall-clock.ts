/** A date and time as it stands on a wall somewhere; months from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** What clocks and calendars of a zone show at a moment. */
export function wallAt(at: number, zone: string): WallTime {
  const parts = formatOf(zone)?.formatToParts(at) ?? [];
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour') % 24,
    minute: read('minute'),
  };
}

/** When clocks of a zone show this; days beyond the month count on into the next one. A time that a change of clocks skips is moved by it. */
export function momentOf({ year, month, day, hour, minute }: WallTime, zone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const guess = asUtc - offsetAt(asUtc, zone);
  return asUtc - offsetAt(guess, zone);
}

/** A zone by the name a text gives it: `Europe/Berlin`, `UTC`, `GMT+2`, `PST`, `Pacific`; null when there is none of that name. */
export function zoneNamed(name: string): string | null {
  const text = name.trim();
  const short = SHORT_NAMES[text.toLowerCase().replace(/\s*(?:standard |daylight )?time$/, '')];
  if (short !== undefined) return short;
  const [, sign, hours, minutes] = text.match(/^(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d\d))?$/i) ?? [];
  if (sign !== undefined && hours !== undefined)
    return known(`${sign}${hours.padStart(2, '0')}:${minutes ?? '00'}`);
  return /^[A-Z][A-Za-z_+-]*\/[A-Za-z0-9_+/-]+$/.test(text) || /^utc$/i.test(text) ? known(text) : null;
}

function offsetAt(at: number, zone: string): number {
  const { year, month, day, hour, minute } = wallAt(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}

function known(zone: string): string | null {
  return formatOf(zone) === null ? null : zone;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const made = formats.get(zone);
  if (made !== undefined) return made;
  // Names come from agents: what is kept of them stays small.
  if (formats.size > 200) formats.clear();
  const format = makeFormat(zone);
  formats.set(zone, format);
  return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, timeZone, hourCycle: 'h23' });
  } catch {
    return null;
  }
}

// With the zone that has the name and most of the people.
const SHORT_NAMES: Readonly<Record<string, string>> = {
  utc: 'UTC',
  gmt: 'UTC',
  z: 'UTC',
  pt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
  mt: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  mountain: 'America/Denver',
  ct: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  central: 'America/Chicago',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  eastern: 'America/New_York',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  bst: 'Europe/London',
  ist: 'Asia/Kolkata',
  jst: 'Asia/Tokyo',
};
