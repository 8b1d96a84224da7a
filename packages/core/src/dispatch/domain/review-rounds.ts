import type { Run } from '@quarterdeck/contract/run';

/** Times agents may send the work of a task back; after that each further round needs a person's word. */
export const REVIEW_ROUND_LIMIT = 3;

/** Why work that is handed in again goes to a person and not to its reviewing agent; null when it may go there. */
export function roundsUsedUp(runs: readonly Pick<Run, 'purpose' | 'outcome'>[]): string | null {
  const rounds = runs.filter((run) => run.purpose === 'review' && run.outcome === 'changes_requested').length;
  if (rounds < REVIEW_ROUND_LIMIT) return null;
  return `agents have asked for changes ${rounds} times, so a person decides now`;
}
