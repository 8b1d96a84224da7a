import type { ErrorField } from './error-fields.ts';
import { resetsInFields } from './reset-fields.ts';
import { resetsInText } from './reset-text.ts';

const DAY_MS = 86_400_000;
/** A pause without a look at whether it is still needed lasts at most so long. */
export const LONGEST_PAUSE_MS = 8 * DAY_MS;
/** A month's limit may end later than that; what is beyond is no time but a mistake. */
const BELIEVABLE_MS = 40 * DAY_MS;
/** A reset that has passed, or passes now: clocks differ, so it is not tried in the same moment. */
const SOON_MS = 30_000;

interface Said {
  readonly fields: readonly ErrorField[];
  readonly text: string;
}

/**
 * When a provider's limit ends by what the error says: the latest of those that apply, always in the future and within
 * `LONGEST_PAUSE_MS`. Null when it does not say, or nothing to be believed.
 */
export function resetTime(
  { fields, text }: Said,
  {
    now,
    zone = Intl.DateTimeFormat().resolvedOptions().timeZone,
  }: { readonly now: number; readonly zone?: string },
): number | null {
  const told = [...resetsInFields(fields, now), ...resetsInText(text, { now, zone })];
  const believed = told.filter(
    (at) => Number.isFinite(at) && at <= now + BELIEVABLE_MS && at > now - BELIEVABLE_MS,
  );
  if (believed.length === 0) return null;
  const latest = Math.max(...believed);
  if (latest <= now) return Math.round(now + SOON_MS);
  return Math.round(Math.min(Math.max(latest, now + 1000), now + LONGEST_PAUSE_MS));
}
