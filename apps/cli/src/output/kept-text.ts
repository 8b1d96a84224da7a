import type { Run } from '@quarterdeck/contract/run';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { Context } from '../command/context.ts';
import { oneLine } from './plain-text.ts';

/** What a person must know of the last attempt's work beside its changes, one line each; empty when there is nothing. */
export function keptLines({ paint }: Context, runs: readonly Run[]): string {
  const work = runs.findLast(({ purpose, status }) => purpose === 'work' && status === 'ended');
  const { unkept = null, pastReview = null, notes = [] } = work ?? {};
  return [
    pastReview && paint('red', oneLine(pastReview)),
    unkept?.failure && paint('red', oneLine(unkept.failure)),
    ...(unkept?.leftOut ?? []).map(({ path, why }) =>
      paint('red', `left out: ${oneLine(path)} (${oneLine(why)})`),
    ),
    unkept?.remedy && `what helps: ${oneLine(unkept.remedy)}`,
    ...notes.map((note) => paint('amber', oneLine(note))),
  ]
    .filter((line) => line !== null && line !== undefined && line !== '')
    .map((line) => `- ${line}`)
    .join('\n');
}

/** What a reader of changes must know beside them: what would land with them, and what would not. */
export function diffNotes({ startedFrom, leftOut }: WorkspaceDiff, taskId: string, isOwn: boolean): string[] {
  const brings = isOwn
    ? `These are the changes of ${taskId} alone. Landing also brings work it builds on that has not landed yet; without --own it is shown.`
    : `Landing also brings work that ${taskId} builds on and that has not landed yet; with --own its changes are shown alone.`;
  return [
    ...(startedFrom === null ? [] : [brings]),
    ...leftOut.map(({ path, why }) => `Not in any commit, so it would not land: ${path} (${why})`),
  ].map(oneLine);
}
