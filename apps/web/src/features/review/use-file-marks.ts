import { useState } from 'react';
import type { ChangedFileFacts } from './changed-files.ts';
import { markViewed, useViewed } from './viewed-files.ts';

const MANY_FILES = 20;
const MANY_LINES = 1500;

/** Which files are open and which were looked at. One that was looked at is folded until its diff changes. */
export function useFileMarks(taskId: string, files: readonly ChangedFileFacts[]) {
  const viewed = useViewed(taskId);
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({});
  const factsOf = (path: string) => files.find((file) => file.path === path);
  const isViewed = (path: string) => viewed[path] !== undefined && viewed[path] === factsOf(path)?.mark;
  const isOpenAtFirst = (path: string) => {
    const { added = 0, removed = 0 } = factsOf(path) ?? {};
    return !isViewed(path) && files.length <= MANY_FILES && added + removed < MANY_LINES;
  };
  const setOpen = (path: string, isOpen: boolean) => setChosen((old) => ({ ...old, [path]: isOpen }));
  return {
    isViewed,
    isOpen: (path: string) => chosen[path] ?? isOpenAtFirst(path),
    setOpen,
    setViewed: (path: string, isNow: boolean) => {
      markViewed(taskId, path, isNow ? (factsOf(path)?.mark ?? null) : null);
      setOpen(path, !isNow);
    },
  };
}
