import type { Clock, Ids } from './clock.ts';

interface IdSources {
  readonly clock: Clock;
  /** A random UUID (version 4). */
  readonly uuid: () => string;
}

/**
 * Ids people read and type (tasks) are short. The others begin with the second they were made in, so that rows made together
 * lie together in every index: in random order each of a hundred thousand claims would write pages of its own.
 */
export function createIds({ clock, uuid }: IdSources): Ids {
  return {
    next: (prefix) =>
      prefix === 't' ? `t_${uuid().slice(0, 8)}` : `${prefix}_${secondOf(clock)}${uuid().slice(24)}`,
  };
}

/** Seven digits hold every second until the year 4453. */
function secondOf(clock: Clock): string {
  return Math.floor(clock.now() / 1000)
    .toString(36)
    .padStart(7, '0');
}
