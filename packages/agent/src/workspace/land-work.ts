import type { LandingResult, LandingStrategy } from '@quarterdeck/contract/landing';
import { combine } from './combine.ts';
import { quoted } from './file-names.ts';
import { findSquash } from './find-squash.ts';
import { gitLine } from './git.ts';
import { type Landing, type LandRequest, type Outcome, refused } from './landing.ts';
import { moveBase } from './move-base.ts';
import { readSpan, type Span } from './read-span.ts';
import { readRef, readTarget } from './refs.ts';
import { rehash } from './rehash.ts';
import { openRepository, type Repository, readHead } from './repository.ts';
import { inRepositoryQueue } from './repository-queue.ts';
import { readNote } from './shared-folder.ts';
import { openReader, treeFolder } from './task-tree.ts';
import { isContained, resolveCommit } from './tree.ts';
import { hasUncommitted } from './uncommitted.ts';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/** How often a base branch that moves under a landing is tried again. */
const TRIES = 3;

/**
 * Brings a task's branch into the base branch of its repository: all of it or nothing, never pushed. What has landed already is
 * answered as landed, so asking again after a kill at any point is safe.
 */
export async function landWork(request: LandRequest): Promise<LandingResult> {
  const opened = await openRepository(request.projectPath);
  if (!opened.ok) return answer(request.strategy, '', refused(opened.failure));
  return inRepositoryQueue(opened.value.commonDir, async () => {
    const into = await nameBase(opened.value, request);
    if (!into.ok) return answer(request.strategy, '', refused(into.failure));
    for (let tries = 1; ; tries += 1) {
      const outcome = await landOnce(request, opened.value, into.value);
      if (outcome !== 'moved') return answer(request.strategy, into.value, outcome);
      if (tries === TRIES) {
        const message = `${into.value} kept moving while the work was being landed. Try again.`;
        return answer(request.strategy, into.value, refused(message));
      }
    }
  });
}

function answer(strategy: LandingStrategy, into: string, outcome: Outcome): LandingResult {
  const nothing = { commit: null, files: [], base: null, head: null, isOutdated: false };
  return { strategy, into, ...nothing, ...outcome };
}

/** The base branch by name: the project's, else what is checked out. Only a local branch can be moved. */
async function nameBase(
  repository: Repository,
  { baseBranch, workspacePath, trees }: LandRequest,
): Promise<Attempt<string>> {
  const { path, refs } = repository;
  const into = baseBranch ?? (await readHead(repository)).branch;
  if (into === null)
    return failed(
      `${path} has no branch checked out, so there is none to land on. Set the base branch in the project's settings.`,
    );
  const noted = workspacePath === null ? null : await readNote(treeFolder(trees, workspacePath));
  if (baseBranch === null && noted !== null && noted.into !== null && noted.into !== into)
    return failed(
      `${path} had branch ${noted.into} checked out when the run began, and has ${into} now, so it is not sure where the work shall land. Nothing was changed. Set the base branch in the project's settings, or check out ${noted.into} again.`,
    );
  const other = await readTarget(refs, `refs/heads/${into}`);
  if (other !== null)
    return failed(
      `In ${path} the branch ${into} is only another name of ${other}, so landing on it would move that one. Nothing was changed. If ${other} is meant, set it as the base branch in the project's settings; if you do not know the name, make ${into} a branch of its own: git -C ${quoted(path)} symbolic-ref --delete ${quoted(`refs/heads/${into}`)}, then git -C ${quoted(path)} branch ${quoted(into)} with the commit it shall be at.`,
    );
  if ((await readRef(refs, `refs/heads/${into}`)) !== null) return attained(into);
  return failed(
    `There is no local branch ${into} in ${path}. Create it (git branch ${quoted(into)} ${quoted(`origin/${into}`)}), or change the project's base branch.`,
  );
}

/** One attempt; `moved` when the base branch was no longer where the attempt began. */
async function landOnce(
  request: LandRequest,
  repository: Repository,
  into: string,
): Promise<Outcome | 'moved'> {
  const { path, refs } = repository;
  const reader = await openReader(request.trees, repository);
  const base = await resolveCommit(reader, await readRef(refs, `refs/heads/${into}`));
  const head = await resolveCommit(reader, await readRef(refs, `refs/heads/${request.branch}`));
  if (base === null) return refused(`The branch ${into} is gone from ${path}.`);
  if (head === null)
    return refused(`The branch ${request.branch} is gone from ${path}; there is nothing to land.`);
  if (request.head !== null && request.head !== head) return outdated(request);
  const landing: Landing = { request, repository, reader, into, base, head };
  const ownStart = request.startedFrom ?? request.base;
  const span = await readSpan({ ...request, base: ownStart, repository, reader, head });
  const unfit = await whyUnfit(landing, span);
  if (unfit !== null) return refused(unfit);
  const done = await findLanded(landing);
  if (done !== null) return landed(done, `The work is already in ${into}.`);
  if (request.base !== null && request.base !== span.base) return outdated(request);
  const forged = await whyForged(landing, span.base, head);
  const outcome = forged === null ? await bringIn(landing, span) : refused(forged);
  return outcome === 'moved' ? outcome : { base: span.base, head, ...outcome };
}

async function bringIn(landing: Landing, span: Span): Promise<Outcome | 'moved'> {
  const { request, base, into } = landing;
  const made = request.strategy === 'fast-forward' ? await fastForward(landing) : await combine(landing);
  if (typeof made !== 'string') return made;
  if (made === base) return landed(base, `${into} has all of these changes already.`);
  const forged = await whyForged(landing, base, made);
  if (forged !== null) return refused(forged);
  const moved = await moveBase(landing, made);
  if (moved !== true) return moved;
  const also = span.startedFrom === null ? '' : ', together with the work of earlier tasks that it builds on';
  return landed(made, `The work is in ${into}${also}.`);
}

/** What was read under a name may be something else for the next git that reads it. */
async function whyForged(landing: Landing, from: string | null, to: string): Promise<string | null> {
  const genuine = await rehash({ place: landing.reader, from, to });
  if (genuine.ok) return null;
  return `Nothing was landed, because ${genuine.failure}. Then land again.`;
}

function landed(commit: string, message: string): Outcome {
  return { status: 'landed', commit, message };
}

function outdated({ branch, taskId }: LandRequest): Outcome {
  const message = `The branch ${branch} has changed since you looked at it. Commits that you made there yourself are taken in by "quarterdeck task keep ${taskId}".`;
  return { status: 'refused', isOutdated: true, message };
}

/** What a reviewer saw is what lands: neither newer commits, nor changes that are in no commit, nor what got in past the review. */
async function whyUnfit(landing: Landing, span: Span): Promise<string | null> {
  const { request, repository, into } = landing;
  if (span.pastReview && (await isPastReview(landing, span.base)))
    return `Commits of this task stand in ${into} already, though nobody landed them: ${into} was moved during the run. Look at the changes. If you want them, there is nothing left to land: set the task to done. If not, take them back first: git -C ${quoted(repository.path)} update-ref ${quoted(`refs/heads/${into}`)} ${span.base}`;
  const { workspacePath: folder } = request;
  if (folder === null || !(await hasUncommitted(landing, folder))) return null;
  return `The workspace has changes that are not committed. Commit or discard them in ${folder}, then land again.`;
}

/** Whether the base branch still holds what an agent put there. */
async function isPastReview({ reader, head, base }: Landing, from: string): Promise<boolean> {
  return (await gitLine(reader, ['merge-base', base, head])) !== from;
}

/** The commit that holds the work when it has landed before, be it by us or by hand. */
async function findLanded(landing: Landing): Promise<string | null> {
  const { reader, base, head } = landing;
  if (await isContained(reader, head, base)) return head;
  return findSquash(landing);
}

async function fastForward({ reader, base, head, into }: Landing): Promise<string | Outcome> {
  if (await isContained(reader, base, head)) return head;
  return refused(
    `${into} has moved on since the task began, so it cannot be fast-forwarded. Choose merge or squash, or ask the agent to rebase its branch.`,
  );
}
