import type { Run } from '@quarterdeck/contract/run';

const GOOD = new Set(['completed', 'review_requested', 'approved']);
const NEUTRAL = new Set(['stopped', 'blocked', 'rate_limited', 'quota_used_up', 'changes_requested']);

/** Whether an attempt went well, went wrong, just ended, or still lives. */
export function outcomeTone({ outcome }: Pick<Run, 'outcome'>): 'good' | 'bad' | 'neutral' | 'live' {
  if (outcome === null) return 'live';
  if (GOOD.has(outcome)) return 'good';
  return NEUTRAL.has(outcome) ? 'neutral' : 'bad';
}
