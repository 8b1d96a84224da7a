import { approval } from './approval.ts';
import { changesRequested } from './changes-requested.ts';
import type { Check } from './check.ts';
import { kill } from './kill.ts';
import { mainJob } from './main-job.ts';
import { limit, quota, signIn, wrongModel } from './model-refusals.ts';
import { twoAtOnce } from './two-at-once.ts';

/** What is asked of every agent, in the order of the table's columns. */
export const CHECKS: readonly Check[] = [
  mainJob,
  approval,
  changesRequested,
  kill,
  twoAtOnce,
  signIn,
  limit,
  quota,
  wrongModel,
];
