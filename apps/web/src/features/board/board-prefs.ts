import type { TaskStatus } from '@quarterdeck/contract/status';
import { create } from 'zustand';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';

type Fold = 'open' | 'folded';

interface BoardPrefs {
  readonly chosen: Readonly<Partial<Record<TaskStatus, Fold>>>;
}

/** How this browser likes its board. */
export const useBoardPrefs = create<BoardPrefs>(() => ({ chosen: readChosen() }));

function readChosen(): BoardPrefs['chosen'] {
  const pairs = readSetting('columns', '')
    .split(',')
    .map((pair) => pair.split(':'));
  return Object.fromEntries(pairs.filter(([, fold]) => fold === 'open' || fold === 'folded'));
}

/** Folds a column to a strip or opens it, and remembers. */
export function chooseFold(status: TaskStatus, fold: Fold): void {
  const chosen = { ...useBoardPrefs.getState().chosen, [status]: fold };
  useBoardPrefs.setState({ chosen });
  writeSetting(
    'columns',
    Object.entries(chosen)
      .map((pair) => pair.join(':'))
      .join(','),
  );
}
