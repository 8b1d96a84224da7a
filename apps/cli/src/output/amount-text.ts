const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
] as const;

/** A length of time in its largest unit, such as `3 min`; below a second in tenths. */
export function durationText(ms: number): string {
  const unit = UNITS.find((each) => ms >= each.ms);
  return unit ? `${Math.floor(ms / unit.ms)} ${unit.name}` : `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
}

/** `3 min ago`, `in 2 h`, or `now` within a second; a dash for no time. */
export function relativeText(at: number | null, now: number): string {
  if (at === null) return '–';
  const distance = Math.abs(now - at);
  if (distance < 1000) return 'now';
  return at <= now ? `${durationText(distance)} ago` : `in ${durationText(distance)}`;
}

/** Dollars of millionths of a dollar; an estimate is marked with a tilde, unknown is a dash. */
export function costText(costMicros: number | null, source: 'reported' | 'estimated' | null): string {
  if (costMicros === null) return '–';
  return `${source === 'estimated' ? '~' : ''}$${(costMicros / 1_000_000).toFixed(2)}`;
}

/** `640`, `31 k`, `1.2 M`; a dash when unknown. */
export function countText(count: number | null): string {
  if (count === null) return '–';
  if (count < 1000) return String(count);
  return count < 1_000_000 ? `${Math.round(count / 1000)} k` : `${(count / 1_000_000).toFixed(1)} M`;
}

/** `1 file`, `3 files`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `640 B`, `31 KiB`, `1.2 GiB`; a dash when unknown. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return '–';
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`;
}
