import type { Clock, Ids } from './clock.ts';

interface IdSources {
  readonly clock: Clock;
  /** A random UUID (version 4). */
  readonly uuid: () => string;
}

/** Runs, conversations and commands: one of each is made for every claim. */
const IN_ORDER: ReadonlySet<string> = new Set(['r', 's', 'c']);

/**
 * Ids people read and type are short. Those of which every claim makes one begin with the second they were made in, so that rows made
 * together lie together in every index: in random order each of a hundred thousand claims would write pages of its own.
 */
export function createIds({ clock, uuid }: IdSources): Ids {
  return {
    next(prefix) {
      if (IN_ORDER.has(prefix)) return `${prefix}_${secondOf(clock)}${uuid().slice(24)}`;
      return `${prefix}_${prefix === 't' ? uuid().slice(0, 8) : uuid().slice(24)}`;
    },
  };
}

/** Seven digits hold every second until the year 4453. */
function secondOf(clock: Clock): string {
  return Math.floor(clock.now() / 1000)
    .toString(36)
    .padStart(7, '0');
}
