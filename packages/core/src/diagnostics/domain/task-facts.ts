import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { TaskId } from '@quarterdeck/contract/ids';
import type { Run } from '@quarterdeck/contract/run';
import type { TaskStatus } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';

export interface ParentFacts {
  readonly id: TaskId;
  readonly status: TaskStatus;
  readonly updatedAt: number;
}

/** All that is stored of one task and bears on what may be wrong with it, at the moment `now`. */
export interface TaskFacts {
  readonly now: number;
  readonly task: Task;
  /** Failures in a row after which the dispatcher gives up. */
  readonly failureLimit: number;
  /** The live run that holds it. */
  readonly run: Run | null;
  /** Its last run that ended. */
  readonly lastRun: Run | null;
  /** When the oldest of its approvals that wait for a person was asked for. */
  readonly pendingSince: number | null;
  readonly lastCommentAt: number | null;
  /** When it came to be ready, or was last given to somebody. */
  readonly readySince: number | null;
  readonly waiting: WaitingReason | null;
  readonly parents: readonly ParentFacts[];
  /** Tasks in todo that wait for each other in a ring it is part of. */
  readonly ring: readonly TaskId[];
}

/** What a rule found; which task and which kind is added by who asked it. */
export type Finding = Pick<Diagnostic, 'severity' | 'message' | 'since' | 'remedies'> & {
  readonly runId?: Diagnostic['runId'];
};

export type Rule = (facts: TaskFacts) => Finding | null;
