import type { Run } from '@quarterdeck/contract/run';
import type { Comment, Task } from '@quarterdeck/contract/task';

interface Brief {
  readonly task: Task;
  readonly parents: readonly Pick<Task, 'id' | 'title' | 'result'>[];
  readonly earlierRuns: readonly Pick<Run, 'attempt' | 'outcome' | 'summary' | 'error'>[];
  readonly comments: readonly Comment[];
}

const LIMITS = { body: 64_000, result: 4_000, comment: 2_000, comments: 30, runs: 5 };

/** The first prompt of a run: the task, what came before it, and how to report. Text of others is marked as theirs. */
export function writeBrief(brief: Brief): string {
  const { task, parents, earlierRuns, comments } = brief;
  return [
    `You are working on task ${task.id} of a team's board, in the current directory. Work on your own until it is done.`,
    `# ${task.title}`,
    task.body && cut(task.body, LIMITS.body),
    section(
      'Finished before this task',
      parents.map((it) => `- ${it.id} ${it.title}${it.result ? `: ${cut(it.result, LIMITS.result)}` : ''}`),
    ),
    section('Earlier attempts at this task', earlierRuns.slice(-LIMITS.runs).map(describeRun)),
    section(
      'Comments',
      comments.slice(-LIMITS.comments).map((it) => `- from ${it.author}: ${cut(it.body, LIMITS.comment)}`),
    ),
    REPORTING,
  ]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}

/** What an agent is told when its turn ended without a report. */
export const NUDGE = `Your turn ended but the task is not reported yet. If the work is finished, call task_complete with a summary. If it should be looked at first, call task_request_review. If you cannot go on, call task_block with the reason. Otherwise carry on working.`;

const REPORTING = `# How to report
Use the tools of the MCP server "quarterdeck": task_complete with a summary when the work is finished, task_request_review when somebody should look at it first, task_block with a reason when you cannot go on. Call exactly one of them, last. task_comment, task_create and task_link are there for notes and follow-up work. Commit or leave your changes in the working directory; both are kept.`;

function describeRun(run: Brief['earlierRuns'][number]): string {
  const what = run.summary ?? run.error ?? '';
  return `- attempt ${run.attempt} ended as ${run.outcome ?? 'unknown'}${what ? `: ${cut(what, LIMITS.result)}` : ''}`;
}

function section(title: string, lines: readonly string[]): string | null {
  return lines.length === 0 ? null : `# ${title}\n${lines.join('\n')}`;
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} … (cut)`;
}
