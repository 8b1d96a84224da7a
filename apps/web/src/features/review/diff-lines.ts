import type { ChangeData, FileData } from 'react-diff-view';
import { getChangeKey } from 'react-diff-view';
import type { Place } from './review-draft.ts';

/** A line of a diff: its place in the file and its key in the drawn diff. */
export interface DiffLine extends Place {
  readonly key: string;
  readonly text: string;
}

/** The lines of a changed file from top to bottom. */
export function linesOf(file: FileData, path: string): readonly DiffLine[] {
  return file.hunks.flatMap((hunk) => hunk.changes).map((change) => lineOf(change, path));
}

/** A removed line is told by its old number, every other by its new one. */
export function lineOf(change: ChangeData, path: string): DiffLine {
  const key = getChangeKey(change);
  const text = change.content;
  if (change.type === 'delete') return { key, text, path, side: 'old', line: change.lineNumber };
  const line = change.type === 'insert' ? change.lineNumber : change.newLineNumber;
  return { key, text, path, side: 'new', line };
}

/** The line above or below; the first one when none was chosen. */
export function stepFrom(lines: readonly DiffLine[], key: string | null, by: 1 | -1): DiffLine | undefined {
  const index = lines.findIndex((line) => line.key === key);
  if (index < 0) return by === 1 ? lines[0] : lines.at(-1);
  return lines[Math.min(lines.length - 1, Math.max(0, index + by))];
}
