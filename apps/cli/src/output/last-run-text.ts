import type { LastRun } from '@quarterdeck/contract/run';
import { costText, countOf } from './amount-text.ts';

/** What a run left, such as `+12 −3 in 2 files, ~$0.04`; empty when nothing is known. */
export function lastRunText({ diffStat, costMicros, costSource }: LastRun): string {
  const changes = diffStat && `+${diffStat.added} −${diffStat.removed} in ${countOf(diffStat.files, 'file')}`;
  const cost = costMicros === null ? null : costText(costMicros, costSource);
  return [changes, cost].filter((part) => part !== null).join(', ');
}
