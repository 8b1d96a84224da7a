import type { Run } from '@quarterdeck/contract/run';
import type { Comment, Task } from '@quarterdeck/contract/task';
import { lastHandedIn, lastUnbroken, worksAmong } from './choose-resume.ts';
import { cut, section } from './prompt-text.ts';

type EarlierRun = Pick<Run, 'attempt' | 'purpose' | 'outcome' | 'summary' | 'error' | 'endedAt' | 'diffStat'>;

interface Brief {
  readonly task: Task;
  readonly parents: readonly Pick<Task, 'id' | 'title' | 'result'>[];
  readonly earlierRuns: readonly EarlierRun[];
  readonly comments: readonly Comment[];
}

const LIMITS = { body: 64_000, result: 4_000, comment: 2_000, comments: 30, runs: 5, asked: 64_000 };

/** The first prompt of a run: the task, what came before it, and how to report. Text of others is marked as theirs. */
export function writeBrief(brief: Brief): string {
  const { task, parents, earlierRuns, comments } = brief;
  const { asked, older } = divide(comments, lastHandedIn(earlierRuns));
  return [
    `You are working on task ${task.id} of a team's board, in the current directory. Work on your own until it is done.`,
    `# ${task.title}`,
    task.body && cut(task.body, LIMITS.body),
    section(
      'Finished before this task',
      parents.map((it) => `- ${it.id} ${it.title}${it.result ? `: ${cut(it.result, LIMITS.result)}` : ''}`),
    ),
    section('Earlier attempts at this task', worksAmong(earlierRuns).slice(-LIMITS.runs).map(describeRun)),
    section(
      'Comments',
      older.slice(-LIMITS.comments).map((it) => `- from ${it.author}: ${cut(it.body, LIMITS.comment)}`),
    ),
    askedSection(asked),
    reporting(task),
  ]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}

const WHAT_WAS: Readonly<Record<string, string>> = {
  blocked: 'You said that you cannot go on. Somebody has looked at it',
  over_budget:
    'You were stopped because the task had cost as much as it was allowed to. It may cost more now',
};

/** The prompt of a new turn in the session of the attempt before: what was said about it since. */
export function writeFollowUp({ task, earlierRuns, comments }: Omit<Brief, 'parents'>): string {
  const last = lastUnbroken(earlierRuns);
  const { asked } = divide(comments, last);
  const what = WHAT_WAS[last?.outcome ?? ''] ?? 'You handed in your work. Somebody has looked at it';
  return [
    `${what}, and task ${task.id} (${task.title}) is yours again, in the same directory and on the same branch. The changes you made are still there.`,
    askedSection(asked) ??
      'Nobody wrote down why. Look at the task with task_show, check your work, and go on.',
    reporting(task),
  ].join('\n\n');
}

/** What an agent is told when its turn ended without a report. */
export const NUDGE = `Your turn ended but the task is not reported yet. If the work is finished, call task_complete with a summary. If it should be looked at first, call task_request_review. If you cannot go on, call task_block with the reason. Otherwise carry on working.`;

const REPORTING = `# How to report
Use the tools of the MCP server "quarterdeck" (if you do not see them, search your tools for "quarterdeck"): task_complete with a summary when the work is finished, task_request_review when somebody should look at it first, task_block with a reason when you cannot go on. Call exactly one of them, last. task_comment, task_create and task_link are there for notes and follow-up work, task_attach for files that people should see. Commit or leave your changes in the working directory; both are kept.`;

function reporting({ reviewer }: Task): string {
  return reviewer === null ? REPORTING : `${REPORTING} ${reviewer} reviews your work when you hand it in.`;
}

/** Its comments tell people what became of a run; they ask for nothing. */
const DISPATCHER = 'dispatcher';

/** Comments since the work was handed in ask for something; what was said before is background. */
function divide(comments: readonly Comment[], handedIn: EarlierRun | null) {
  const since = handedIn?.endedAt ?? null;
  if (since === null) return { asked: [], older: comments };
  const isAsked = (it: Comment) => it.createdAt > since && it.author !== DISPATCHER;
  return { asked: comments.filter(isAsked), older: comments.filter((it) => !isAsked(it)) };
}

/** In full: a remark that was cut cannot be followed. */
function askedSection(asked: readonly Comment[]): string | null {
  if (asked.length === 0) return null;
  const said = asked.map((it) => `From ${it.author}:\n\n${it.body}`).join('\n\n---\n\n');
  return `# Asked for since the work was handed in\nDo what is asked here; your earlier changes are in the current directory.\n\n${cut(said, LIMITS.asked)}`;
}

function describeRun(run: EarlierRun): string {
  const what = run.summary ?? run.error ?? '';
  const { diffStat } = run;
  const changes = diffStat
    ? ` (${diffStat.files} files changed, +${diffStat.added} -${diffStat.removed})`
    : '';
  return `- attempt ${run.attempt} ended as ${run.outcome ?? 'unknown'}${changes}${what ? `: ${cut(what, LIMITS.result)}` : ''}`;
}
