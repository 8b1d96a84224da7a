import type { ProposalId } from '@quarterdeck/contract/ids';
import type { Proposal, Ruling } from '@quarterdeck/contract/proposal';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Ids } from '../../events/index.ts';
import { matchesPattern, patternFor, type RulePattern } from '../domain/permission-rule.ts';
import { publicRule } from '../domain/public-rule.ts';
import { type Decided, isSettledSo, readRuling } from '../domain/read-ruling.ts';
import type { SupervisionDeps, SupervisionPorts } from '../ports.ts';
import { answerAgent } from './answer-agent.ts';

interface RuleOnProposal {
  readonly proposalId: string;
  readonly ruling: Ruling;
  readonly actor: string;
}
interface Settlement extends RuleOnProposal {
  readonly now: number;
  readonly decided: Decided;
}
type Ports = SupervisionPorts & { readonly ids: Ids };

/**
 * Allows or denies a proposal; the answer goes to the agent. A wider scope becomes a rule, which also answers what else waits
 * under it. Ruling the same way twice is fine; a settled proposal cannot be ruled otherwise.
 */
export async function ruleOnProposal(
  deps: SupervisionDeps,
  input: RuleOnProposal,
): Promise<Result<Proposal>> {
  const { proposalId, ruling } = input;
  return deps.db.write(async (transaction) => {
    const ports = { ...transaction, ids: deps.ids };
    const proposal = await ports.proposals.find(proposalId as ProposalId);
    if (proposal === null) return refuse('proposal_not_found', { proposalId });
    const decided = readRuling(proposal, ruling);
    if (!decided.ok) return decided;
    if (isSettledSo(proposal, decided.value)) return ok(proposal);
    if (proposal.status !== 'pending')
      return refuse('proposal_settled', { proposalId, status: proposal.status });
    const now = deps.clock.now();
    const settlement = { ...input, now, decided: decided.value };
    const ruled = await settle(ports, proposal, settlement);
    await widen(ports, proposal, settlement);
    return ok(ruled);
  });
}

/** A ruling wider than once becomes a rule, and answers what else waits under it. */
async function widen(ports: Ports, proposal: Proposal, input: Settlement): Promise<void> {
  const { decision, scope } = input.decided;
  const pattern = decision === 'allow' && scope !== 'once' ? patternFor(proposal.detail) : null;
  if (pattern === null || scope === 'once') return;
  const scopeId = scope === 'task' ? proposal.taskId : proposal.projectId;
  const id = ports.ids.next('rule');
  const rule = { id, scope, scopeId, pattern, createdAt: input.now, createdBy: input.actor };
  await ports.rules.insert(rule);
  const { taskId, projectId, runId } = proposal;
  const subject = { actor: input.actor, taskId, projectId, runId };
  await ports.events.append(
    [{ ...subject, kind: 'rule.made', payload: { rule: publicRule(rule) } }],
    input.now,
  );
  await settleCovered(ports, { proposal, pattern, input });
}

async function settle(ports: Ports, proposal: Proposal, input: Settlement): Promise<Proposal> {
  const { ruling, actor, now, decided } = input;
  const ruled: Proposal = {
    ...proposal,
    status: decided.status,
    ruledAt: now,
    ruledBy: actor,
    scope: decided.scope,
    reason: ruling.reason ?? null,
    choice: decided.choice,
  };
  await ports.proposals.save(ruled);
  const { taskId, projectId, runId, requestId } = proposal;
  await ports.events.append(
    [{ kind: 'proposal.ruled', actor, taskId, projectId, runId, payload: { proposal: ruled } }],
    now,
  );
  const run = await ports.runs.find(runId);
  if (run) await answerAgent(ports, { run, requestId, decided, by: actor, now });
  return ruled;
}

async function settleCovered(
  ports: Ports,
  covered: { proposal: Proposal; pattern: RulePattern; input: Settlement },
): Promise<void> {
  const { proposal, pattern, input } = covered;
  const pending = await ports.proposals.list({ status: 'pending', limit: 1000 });
  for (const other of pending) {
    const isInScope =
      input.decided.scope === 'task'
        ? other.taskId === proposal.taskId
        : other.projectId === proposal.projectId;
    if (isInScope && matchesPattern(other.detail, pattern)) await settle(ports, other, input);
  }
}
