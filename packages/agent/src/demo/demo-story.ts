import type { DemoScript } from './script.ts';
import { findConflicts } from './scripts/find-conflicts.ts';
import { findStays } from './scripts/find-stays.ts';
import { migrateLogs } from './scripts/migrate-logs.ts';
import { parseLogLines } from './scripts/parse-log-lines.ts';
import { reportDay } from './scripts/report-day.ts';
import { writeManual } from './scripts/write-manual.ts';

export interface DemoTask {
  readonly title: string;
  readonly body: string;
  readonly priority: number;
  /** Indexes into `DEMO_TASKS` of the tasks it waits for. */
  readonly parents: readonly number[];
}

/** The scripts of the demo, each building on what the ones before it left in the repository. */
export const DEMO_SCRIPTS: readonly DemoScript[] = [
  parseLogLines,
  findStays,
  findConflicts,
  migrateLogs,
  reportDay,
  writeManual,
];

/** What the server puts on the board of a fresh installation: a chain; the fourth task asks for a permission. */
export const DEMO_TASKS: readonly DemoTask[] = DEMO_SCRIPTS.map(({ title, body }, index) => ({
  title,
  body,
  priority: 0,
  parents: index === 0 ? [] : [index - 1],
}));
