import { isSameLabel } from '@quarterdeck/contract/label';
import type { TaskPatch } from '@quarterdeck/contract/task';

/** What makes labels into others, said so that it leaves alone what somebody else adds or takes away meanwhile. */
export function labelChange(
  from: readonly string[],
  to: readonly string[],
): Pick<TaskPatch, 'addLabels' | 'removeLabels'> {
  const without = (all: readonly string[], some: readonly string[]) =>
    all.filter((label) => !some.some((other) => isSameLabel(label, other)));
  return { addLabels: without(to, from), removeLabels: without(from, to) };
}
