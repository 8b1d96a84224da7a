import type { TaskSeen } from '@quarterdeck/contract/seen';
import { TaskSeen as Schema } from '@quarterdeck/contract/seen';
import type { Task, TaskPatch } from '@quarterdeck/contract/task';

const FIELDS = Object.keys(Schema.shape) as (keyof TaskSeen)[];

/** What is sent along with a change: the values it replaces, as they stand on the task this person looked at. */
export function seenOf(saw: Pick<Task, keyof TaskSeen>, patch: TaskPatch): TaskSeen {
  const replaced = FIELDS.filter((field) => patch[field] !== undefined);
  return Object.fromEntries(replaced.map((field) => [field, saw[field]]));
}
