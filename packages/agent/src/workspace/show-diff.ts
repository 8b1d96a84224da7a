import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { countLines, PLAIN_DIFF } from './diff-stat.ts';
import { git, gitLine, gitReason, type Place } from './git.ts';
import type { DiffAnswer } from './workspace.ts';
import { attained, failed } from './workspace.ts';

const PATCH_LIMIT_BYTES = 4 * 1024 * 1024;

export interface Shown {
  readonly base: string | null;
  readonly head: string | null;
  readonly branch: string | null;
  readonly startedFrom?: string | null;
  readonly span: readonly string[];
  readonly rest?: Pick<WorkspaceDiff, 'hasUncommitted' | 'leftOut'>;
}

/** One run of git for lines counted and patch. */
export async function showDiff(place: Place, shown: Shown): Promise<DiffAnswer> {
  const { span, rest, startedFrom = null, ...ids } = shown;
  const submodules = rest === undefined ? '--ignore-submodules=none' : '--ignore-submodules=dirty';
  const args = [...PLAIN_DIFF, submodules, '--numstat', '--patch', '--end-of-options', ...span];
  const answer = await git(place, args, { maxBytes: PATCH_LIMIT_BYTES + COUNT_BYTES });
  if (answer.code !== 0 && !answer.isCut) return failed(`git cannot show the changes: ${gitReason(answer)}.`);
  const { counts, patch, isCut } = part(answer.stdout, answer.isCut);
  return attained({
    ...ids,
    ...{ patch, isCut, stat: countLines(counts), startedFrom },
    ...(rest ?? { hasUncommitted: false, leftOut: [] }),
  });
}

/** Room for the counts, which come first. */
const COUNT_BYTES = 4 * 1024 * 1024;

function part(text: string, wasCut: boolean) {
  const end = text.startsWith('diff --git ') ? 0 : text.indexOf('\n\n') + 1;
  const counts = end === 0 ? text : text.slice(0, end);
  const patch = end === 0 && !text.startsWith('diff --git ') ? '' : text.slice(end === 0 ? 0 : end + 1);
  const isCut = wasCut || patch.length > PATCH_LIMIT_BYTES;
  return { counts, patch: isCut ? cutAtLine(patch.slice(0, PATCH_LIMIT_BYTES)) : patch, isCut };
}

/** What an empty repository is compared with; its name depends on the repository's kind of hash. */
export async function emptyTree(place: Place): Promise<string> {
  return (await gitLine(place, ['hash-object', '-t', 'tree', '--stdin'])) ?? '';
}

function cutAtLine(patch: string): string {
  return patch.slice(0, patch.lastIndexOf('\n') + 1);
}
