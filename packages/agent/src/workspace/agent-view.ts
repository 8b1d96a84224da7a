import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOwnAdmin, isRealFolder } from './admin-folder.ts';
import { copyIndex } from './copy-index.ts';
import { git, splitPaths } from './git.ts';
import { readPlain, replaceFile } from './private-folder.ts';
import { isId, readRef } from './refs.ts';
import type { Tree } from './tree.ts';

/** Something git was in the middle of. */
export type UnderWay = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect';

export interface AgentView {
  /** What it has checked out; null when that cannot be told. */
  readonly head: string | null;
  /** The branch it is on, without `refs/heads/`; null when on none. */
  readonly branch: string | null;
  readonly underWay: UnderWay | null;
  /** What a merge under way brings in. */
  readonly mergeHeads: readonly string[];
}

const NOTHING: AgentView = { head: null, branch: null, underWay: null, mergeHeads: [] };

export async function readView(tree: Tree, admin: string): Promise<AgentView> {
  const { repository } = tree;
  if (repository === null || !(await isOwnAdmin(admin))) return NOTHING;
  const place = {
    ...repository.refs,
    env: { ...repository.refs.env, GIT_DIR: admin, GIT_COMMON_DIR: repository.commonDir },
  };
  const [head, symbolic, underWay, mergeHead] = await Promise.all([
    readRef(place, 'HEAD'),
    git(place, ['symbolic-ref', '--quiet', 'HEAD']),
    readUnderWay(admin),
    readPlain(join(admin, 'MERGE_HEAD')),
  ]);
  const name = symbolic.code === 0 ? symbolic.stdout.trim() : '';
  const branch = name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null;
  const mergeHeads = (mergeHead ?? '').split('\n').filter(isId);
  return { head, branch, underWay: underWay ?? (mergeHead === null ? null : 'merge'), mergeHeads };
}

async function readUnderWay(admin: string): Promise<UnderWay | null> {
  if (await isRealFolder(join(admin, 'rebase-merge'))) return 'rebase';
  if (await isRealFolder(join(admin, 'rebase-apply'))) return 'rebase';
  if ((await readPlain(join(admin, 'CHERRY_PICK_HEAD'))) !== null) return 'cherry-pick';
  if ((await readPlain(join(admin, 'REVERT_HEAD'))) !== null) return 'revert';
  if ((await readPlain(join(admin, 'BISECT_LOG'))) !== null) return 'bisect';
  return null;
}

export interface AgentIndex {
  /** Files the agent added that its commit lacks, also ignored ones. Names are latin1. */
  readonly added: readonly string[];
  /** Files with a conflict nobody marked as resolved. Names are latin1. */
  readonly unmerged: ReadonlyMap<string, readonly UnmergedStage[]>;
}

export interface UnmergedStage {
  readonly stage: string;
  readonly id: string;
}

/** Reads a copy of the agent's index with our own settings; one that cannot be read holds nothing. */
export async function readIndex({ place }: Tree, admin: string, head: string): Promise<AgentIndex> {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-index-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    if (!(await copyIndex(join(admin, 'index'), env.GIT_INDEX_FILE)))
      return { added: [], unmerged: new Map() };
    const asked = [
      'diff-index',
      '--cached',
      '-z',
      '--name-status',
      '--no-renames',
      '--diff-filter=AU',
      head,
      '--',
    ];
    const answer = await git(place, asked, { env, encoding: 'latin1' });
    const parts = splitPaths(answer.stdout);
    const added = parts.filter((_, at) => at % 2 === 1 && parts[at - 1] === 'A');
    const isUnmerged = parts.some((part, at) => at % 2 === 0 && part === 'U');
    const listed = isUnmerged
      ? await git(place, ['ls-files', '--unmerged', '-z'], { env, encoding: 'latin1' })
      : null;
    return { added, unmerged: groupStages(splitPaths(listed?.stdout ?? '')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function groupStages(entries: readonly string[]): ReadonlyMap<string, readonly UnmergedStage[]> {
  const stages = new Map<string, UnmergedStage[]>();
  for (const entry of entries) {
    const path = entry.slice(entry.indexOf('\t') + 1);
    const [, id = '', stage = ''] = entry.slice(0, entry.indexOf('\t')).split(' ');
    stages.set(path, [...(stages.get(path) ?? []), { id, stage }]);
  }
  return stages;
}

/** What a git that was killed, or stopped half-way, leaves behind. */
const LEFTOVERS = [
  ...['MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE', 'MERGE_RR', 'SQUASH_MSG', 'AUTO_MERGE', 'CHERRY_PICK_HEAD'],
  ...['REVERT_HEAD', 'BISECT_LOG', 'index.lock', 'HEAD.lock', 'sequencer', 'rebase-merge', 'rebase-apply'],
];

/** Gives the agent's git the index we made and puts it on the branch, with nothing under way: as if it had committed everything itself. */
export async function restoreView(tree: Tree, admin: string, branch: string): Promise<void> {
  if (tree.repository === null || !(await isOwnAdmin(admin))) return;
  await Promise.all(
    LEFTOVERS.map((name) => rm(join(admin, name), { recursive: true, force: true, maxRetries: 2 })),
  );
  await replaceHead(tree.repository.commonDir, admin, branch);
  const unfinished = join(admin, `index.${process.pid}-${Date.now()}`);
  await copyIndex(join(tree.folder, 'index'), unfinished);
  await rename(unfinished, join(admin, 'index'));
}

/** A HEAD that is kept elsewhere, as the newest gits can, is left as it is. */
async function replaceHead(commonDir: string, admin: string, branch: string): Promise<void> {
  if (await isRealFolder(join(commonDir, 'reftable'))) return;
  await replaceFile(join(admin, 'HEAD'), `ref: refs/heads/${branch}\n`);
}
