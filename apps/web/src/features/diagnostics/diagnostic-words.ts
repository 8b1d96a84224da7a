import type { Diagnostic } from '@quarterdeck/contract/diagnostic';

/** What is wrong in one or two words, for a card. */
export const KIND_WORD: Readonly<Record<Diagnostic['kind'], string>> = {
  ghost_running: 'No run',
  silent_run: 'Silent',
  repeated_failures: 'Failing',
  stranded_in_ready: 'Stranded',
  stuck_in_blocked: 'Stuck',
  stuck_in_review: 'Unreviewed',
  approval_waiting: 'Unanswered',
  landing_stuck: 'Not landed',
  waits_for_archived: 'Held up',
  budget_reached: 'Budget spent',
  work_unkept: 'Not kept',
  past_review: 'Past review',
};

export const SEVERITY_WORD: Readonly<Record<Diagnostic['severity'], string>> = {
  critical: 'Critical',
  error: 'Error',
  warning: 'Warning',
};

/** What a remedy's button says. On a running task, a retry stops its agent first. */
export function remedyWord(remedy: Diagnostic['remedies'][number], isRunning: boolean): string {
  if (remedy === 'retry' && isRunning) return 'Stop and start again';
  return REMEDY_WORD[remedy];
}

const REMEDY_WORD: Readonly<Record<Diagnostic['remedies'][number], string>> = {
  interrupt: 'Interrupt it',
  stop_run: 'Stop the run',
  retry: 'Move to Ready',
  reassign: 'Give it to…',
  unblock: 'Unblock',
  open_approvals: 'Answer it',
  request_changes: 'Send it back',
  open_changes: 'Open the changes',
  raise_budget: 'Raise the budget',
  keep_again: 'Keep again',
  archive: 'Archive',
};
