import type { Run, Unkept } from '@quarterdeck/contract/run';

/** Sentences that the last attempt at the work, and whoever reviewed it since, left for people to read. */
export function notesBeside(runs: readonly Run[]): readonly string[] {
  const ended = runs.filter(({ status }) => status === 'ended');
  const last = ended.findLast(({ purpose }) => purpose === 'work');
  if (!last) return [];
  const since = ended.filter(({ attempt }) => attempt >= last.attempt);
  // Runs of an earlier version carry no notes.
  return [...new Set(since.flatMap(({ pastReview, notes }) => [pastReview ?? '', ...(notes ?? [])]))].filter(
    (note) => note !== '',
  );
}

/** What is not in the changes shown, in as many lines as are read; `failure` says why there is no list. */
export function leftOutLines({ failure, leftOut }: Pick<Unkept, 'failure' | 'leftOut'>): readonly string[] {
  const named = leftOut.slice(0, MOST_NAMED).map(({ path, why }) => `\`${path}\`: ${why}`);
  const more = leftOut.length - named.length;
  return [...(failure ? [failure] : []), ...named, ...(more > 0 ? [`and ${more} more`] : [])];
}

const MOST_NAMED = 12;
