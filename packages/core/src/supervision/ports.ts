import type { ProposalId, RunId, TaskId } from '@quarterdeck/contract/ids';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { ProposalStatus } from '@quarterdeck/contract/status';
import type { Clock, Database, EventLog, Ids } from '../events/index.ts';
import type { CommandOutbox, RunStore } from '../runs/index.ts';
import type { PermissionRule } from './domain/permission-rule.ts';

export interface ProposalFilter {
  readonly status?: ProposalStatus;
  readonly taskId?: string;
  readonly limit: number;
}

export interface ProposalStore {
  insert(proposal: Proposal): Promise<void>;
  find(proposalId: ProposalId): Promise<Proposal | null>;
  findByRequest(runId: RunId, requestId: string): Promise<Proposal | null>;
  save(proposal: Proposal): Promise<void>;
  /** Oldest first. */
  list(filter: ProposalFilter): Promise<Proposal[]>;
  pendingOfRun(runId: RunId): Promise<Proposal[]>;
  countPending(): Promise<Map<TaskId, number>>;
}

export interface RuleStore {
  insert(rule: PermissionRule): Promise<void>;
  find(ruleId: string): Promise<PermissionRule | null>;
  remove(ruleId: string): Promise<void>;
  /** Newest first. */
  list(): Promise<PermissionRule[]>;
  /** Rules of the task and of its project. */
  applyingTo(subject: { readonly taskId: string; readonly projectId: string }): Promise<PermissionRule[]>;
}

export interface SupervisionPorts {
  readonly proposals: ProposalStore;
  readonly rules: RuleStore;
  readonly runs: RunStore;
  readonly commands: CommandOutbox;
  readonly events: EventLog;
}

export interface SupervisionDeps {
  readonly db: Database<SupervisionPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
