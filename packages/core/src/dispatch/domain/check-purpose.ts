import type { AgentToolName } from '@quarterdeck/contract/agent-tools';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { RunPurpose } from '@quarterdeck/contract/status';

/** The tools that belong to one purpose alone; all others are for every run. */
const PURPOSE_OF: Readonly<Partial<Record<AgentToolName, RunPurpose>>> = {
  task_complete: 'work',
  task_request_review: 'work',
  task_attach: 'work',
  task_approve: 'review',
  task_request_changes: 'review',
};

const INSTEAD: Readonly<Record<RunPurpose, string>> = {
  work: 'You are doing this task, not reviewing it: report with task_complete, task_request_review or task_block.',
  review:
    'You are reviewing this task, not doing it: report with task_approve, task_request_changes or task_block.',
};

/** Refuses a tool that is for another kind of run, and says which are for this one. */
export function checkPurpose(purpose: RunPurpose, tool: AgentToolName): Result<null> {
  const wanted = PURPOSE_OF[tool] ?? purpose;
  return wanted === purpose
    ? ok(null)
    : refuse('wrong_purpose', { reason: `${tool} is not for this run. ${INSTEAD[purpose]}` });
}
