import { type FileData, parseDiff } from 'react-diff-view';

/** The files of a unified diff; none for an empty one. A diff cut in the middle yields the files before the cut. */
export function readPatch(patch: string): readonly FileData[] {
  if (patch.trim() === '') return [];
  return parseDiff(patch, { nearbySequences: 'zip' }).filter(
    ({ oldPath, newPath }) => oldPath !== undefined || newPath !== undefined,
  );
}
