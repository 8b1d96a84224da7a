import type { LandingResult, LandingStrategy } from '@quarterdeck/contract/landing';
import { git, gitLine } from './git.ts';
import { type Landing, type LandRequest, type Outcome, refused } from './landing.ts';
import { combine, findSquash } from './landing-worktree.ts';
import { moveBase } from './move-base.ts';
import type { Repository } from './repository.ts';
import { baseRef, isContained, isFolder, openRepository, resolveCommit } from './repository.ts';
import { inRepositoryQueue } from './repository-queue.ts';
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
    const into = await nameBase(opened.value, request.baseBranch);
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
  return { strategy, into, commit: null, files: [], ...outcome };
}

/** The base branch by name: the project's, else what is checked out. Only a local branch can be moved. */
async function nameBase(repository: Repository, baseBranch: string | null): Promise<Attempt<string>> {
  const { path } = repository;
  const into = baseBranch ?? (await gitLine(path, ['symbolic-ref', '--quiet', '--short', 'HEAD']));
  if (into === null)
    return failed(
      `${path} has no branch checked out, so there is none to land on. Set the base branch in the project's settings.`,
    );
  if ((await resolveCommit(path, `refs/heads/${into}`)) !== null) return attained(into);
  return failed(
    `There is no local branch ${into} in ${path}. Create it (git branch ${into} origin/${into}), or change the project's base branch.`,
  );
}

/** One attempt; `moved` when the base branch was no longer where the attempt began. */
async function landOnce(
  request: LandRequest,
  repository: Repository,
  into: string,
): Promise<Outcome | 'moved'> {
  const { path } = repository;
  const base = await resolveCommit(path, `refs/heads/${into}`);
  const head = await resolveCommit(path, `refs/heads/${request.branch}`);
  if (base === null) return refused(`The branch ${into} is gone from ${path}.`);
  if (head === null)
    return refused(`The branch ${request.branch} is gone from ${path}; there is nothing to land.`);
  const unfit = await whyUnfit(request, head);
  if (unfit !== null) return refused(unfit);
  const landing: Landing = { request, repository, into, base, head };
  const done = await findLanded(landing);
  if (done !== null) return landed(done, `The work is already in ${into}.`);
  const made = request.strategy === 'fast-forward' ? await fastForward(landing) : await combine(landing);
  if (typeof made !== 'string') return made;
  if (made === base) return landed(base, `${into} has all of these changes already.`);
  const moved = await moveBase(landing, made);
  if (moved !== true) return moved;
  return landed(made, `The work is in ${into}${await alsoLanded(landing)}.`);
}

function landed(commit: string, message: string): Outcome {
  return { status: 'landed', commit, message };
}

/** What a reviewer saw is what lands: neither newer commits nor changes that are in no commit. */
async function whyUnfit(request: LandRequest, head: string): Promise<string | null> {
  if (request.head !== null && request.head !== head)
    return `The branch ${request.branch} has changed since you looked at it. Look at the changes again, then decide.`;
  const { workspacePath: folder } = request;
  if (folder === null || !(await isFolder(folder))) return null;
  const root = await gitLine(folder, ['rev-parse', '--show-toplevel']);
  if (root === null) return null;
  const status = await git(folder, ['status', '--porcelain', '-z']);
  if (status.code === 0 && status.stdout === '') return null;
  return `The workspace has changes that are not committed. Commit or discard them in ${folder}, then land again.`;
}

/** The commit that holds the work when it has landed before, be it by us or by hand. */
async function findLanded(landing: Landing): Promise<string | null> {
  const { repository, base, head } = landing;
  if (await isContained(repository.path, head, base)) return head;
  return findSquash(landing);
}

async function fastForward({ repository, base, head, into }: Landing): Promise<string | Outcome> {
  if (await isContained(repository.path, base, head)) return head;
  return refused(
    `${into} has moved on since the task began, so it cannot be fast-forwarded. Choose merge or squash, or ask the agent to rebase its branch.`,
  );
}

/** A branch that began on a parent's branch brings the parent's work along; a reviewer should know. */
async function alsoLanded({ request, repository, base }: Landing): Promise<string> {
  const start = await resolveCommit(repository.path, baseRef(request.branch));
  if (start === null || (await isContained(repository.path, start, base))) return '';
  return ', together with the work of earlier tasks that it builds on';
}
