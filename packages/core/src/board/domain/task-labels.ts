import { isSameLabel, mergeLabels } from '@quarterdeck/contract/label';
import type { Task } from '@quarterdeck/contract/task';

/** Whether a task bears a label, whatever its case. */
export function hasLabel({ labels }: Pick<Task, 'labels'>, wanted: string): boolean {
  return labels.some((label) => isSameLabel(label, wanted));
}

/** Every label these tasks bear, once, sorted; two spellings of one are told in the first one met. */
export function allLabels(tasks: readonly Pick<Task, 'labels'>[]): string[] {
  const borne = tasks.flatMap(({ labels }) => labels);
  return mergeLabels(borne, {}).sort((one, other) => one.localeCompare(other));
}
