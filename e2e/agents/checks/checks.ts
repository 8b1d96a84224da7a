import type { Check } from './check.ts';
import { mainJob } from './main-job.ts';

/** What is asked of every agent, in the order of the table's columns. */
export const CHECKS: readonly Check[] = [mainJob];
