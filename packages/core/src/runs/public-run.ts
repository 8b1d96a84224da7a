import { Run } from '@quarterdeck/contract/run';
import type { RunRecord } from './ports.ts';

const PUBLIC_FIELDS = Object.keys(Run.shape) as (keyof Run)[];

/** The run as everyone may see it, without the server's own bookkeeping. */
export function publicRun(record: RunRecord): Run {
  return Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, record[field]])) as unknown as Run;
}
