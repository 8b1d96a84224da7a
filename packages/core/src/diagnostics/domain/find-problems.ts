import type { DIAGNOSTIC_KINDS, Diagnostic } from '@quarterdeck/contract/diagnostic';
import { ghostRunning, repeatedFailures, silentRun } from './run-rules.ts';
import type { Rule, TaskFacts } from './task-facts.ts';
import {
  approvalWaiting,
  budgetReached,
  landingStuck,
  strandedInReady,
  stuckInBlocked,
  stuckInReview,
  waitsForArchived,
} from './waiting-rules.ts';
import { pastReview, workUnkept } from './work-rules.ts';

export type DiagnosticKind = (typeof DIAGNOSTIC_KINDS)[number];
export type Rules = Readonly<Record<DiagnosticKind, Rule>>;
export type RuleFailed = (kind: DiagnosticKind, error: unknown) => void;

export const RULES: Rules = {
  ghost_running: ghostRunning,
  silent_run: silentRun,
  repeated_failures: repeatedFailures,
  stranded_in_ready: strandedInReady,
  stuck_in_blocked: stuckInBlocked,
  stuck_in_review: stuckInReview,
  approval_waiting: approvalWaiting,
  landing_stuck: landingStuck,
  waits_for_archived: waitsForArchived,
  budget_reached: budgetReached,
  work_unkept: workUnkept,
  past_review: pastReview,
};

const RANK: Readonly<Record<Diagnostic['severity'], number>> = { critical: 0, error: 1, warning: 2 };

/** Everything the rules find, worst and oldest first. A rule that throws is reported and left out: it must not hide the others. */
export function findProblems(
  tasks: readonly TaskFacts[],
  onFailed: RuleFailed,
  rules: Rules = RULES,
): Diagnostic[] {
  const named = Object.entries(rules) as [DiagnosticKind, Rule][];
  const found = tasks.flatMap((facts) =>
    named.flatMap(([kind, rule]) => ask(kind, rule, { facts, onFailed })),
  );
  return found.sort((one, other) => RANK[one.severity] - RANK[other.severity] || one.since - other.since);
}

function ask(
  kind: DiagnosticKind,
  rule: Rule,
  { facts, onFailed }: { readonly facts: TaskFacts; readonly onFailed: RuleFailed },
): Diagnostic[] {
  try {
    const finding = rule(facts);
    if (finding === null) return [];
    const { id: taskId, title: taskTitle } = facts.task;
    return [{ kind, taskId, taskTitle, runId: null, ...finding }];
  } catch (error) {
    onFailed(kind, error);
    return [];
  }
}
