import type { Project } from '@quarterdeck/contract/project';
import type { Run } from '@quarterdeck/contract/run';
import type { Comment, Task } from '@quarterdeck/contract/task';
import { worksAmong } from './choose-resume.ts';
import { cut, section } from './prompt-text.ts';

interface ReviewBrief {
  readonly task: Task;
  readonly project: Pick<Project, 'baseBranch'>;
  /** The commits of the changes, as they were kept. */
  readonly span: Pick<Run, 'baseCommit' | 'headCommit'>;
  readonly earlierRuns: readonly Pick<Run, 'attempt' | 'purpose' | 'outcome' | 'profile' | 'summary'>[];
  readonly comments: readonly Comment[];
}

const LIMITS = { body: 64_000, result: 16_000, comment: 8_000, comments: 30 };

/** The prompt of a run that reviews: what was asked for, what its author says, how to see the changes, and how to report. */
export function writeReviewBrief(brief: ReviewBrief): string {
  const { task, earlierRuns, comments } = brief;
  const author = worksAmong(earlierRuns).at(-1)?.profile ?? task.assignee;
  return [
    `You are reviewing the work on task ${task.id} of a team's board. It is in the current directory${author ? `, and ${author} did it` : ''}. Judge whether it does what was asked for. Change nothing: no files, no commits, no branches. You may read everything and run the tests.`,
    `# What was asked for: ${task.title}`,
    task.body && cut(task.body, LIMITS.body),
    task.result && `# What its author says\n${cut(task.result, LIMITS.result)}`,
    `# The changes\n${howToSee(brief)}`,
    section(
      'Comments so far',
      comments.slice(-LIMITS.comments).map((it) => `- from ${it.author}: ${cut(it.body, LIMITS.comment)}`),
    ),
    REPORTING,
  ]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}

/** By the ids of commits: what a branch is called can be moved by whoever works in the repository. */
function howToSee({ task, project, span }: ReviewBrief): string {
  const { branch, workspaceKind } = task;
  const { baseCommit: base, headCommit } = span;
  const { baseBranch } = project;
  if (workspaceKind === 'copy')
    return 'The current directory is a copy of the project’s folder, as the work left it. The changes alone are in `.quarterdeck/changes.diff`.';
  if (workspaceKind !== 'worktree' || branch === null)
    return 'There is no branch to compare: look at the files in the current directory.';
  const head = headCommit ?? branch;
  const where = `They are on the branch ${branch}, which is checked out here`;
  if (base !== null) {
    const updated = baseBranch
      ? ` Where it was brought up to date with ${baseBranch} meanwhile, \`git diff ${baseBranch}...${head}\` leaves out what came from there.`
      : '';
    return `${where}: \`git diff ${base} ${head}\` shows all of them.${updated}`;
  }
  return baseBranch === null
    ? `${where}: \`git log ${head}\` and \`git show\` tell.`
    : `${where}: \`git diff ${baseBranch}...${head}\` shows all of them.`;
}

/** What a reviewer is told when its turn ended without a report. */
export const REVIEW_NUDGE = `Your turn ended but you have not reported what you think of the work. Call task_approve with a summary when it does what was asked for, or task_request_changes with what has to change. If you cannot judge it, call task_block with the reason. Otherwise carry on.`;

const REPORTING = `# How to report
Use the tools of the MCP server "quarterdeck" (if you do not see them, search your tools for "quarterdeck"): task_approve with a summary of what you checked when the work does what was asked for, task_request_changes when something has to change, with a summary and, where you can, comments on lines ({path, line, body}, the line as it is now). Ask only for what matters: its author does what you ask, and you look at it again. If you cannot judge the work, call task_block with the reason, and a person takes over. Call exactly one of them, last. task_show and task_comment are there for questions and notes.`;
