import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Program } from './start-program.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Lets two days go by for one task, in the database under the running program: a test cannot wait for a day. */
export function letDaysPass(program: Program, taskId: string): void {
  const database = new DatabaseSync(join(program.home, 'quarterdeck.db'));
  database.prepare('update tasks set "updatedAt" = "updatedAt" - ? where id = ?').run(2 * DAY_MS, taskId);
  database.close();
}
