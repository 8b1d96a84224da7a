import type { ProposalId } from '@quarterdeck/contract/ids';
import type { PermissionDetail, Proposal } from '@quarterdeck/contract/proposal';
import type { Ids } from '../../events/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { decidePermission } from '../domain/decide-permission.ts';
import { describePattern, patternFor } from '../domain/permission-rule.ts';
import type { SupervisionPorts } from '../ports.ts';
import { answerAgent } from './answer-agent.ts';

interface RaisePermission {
  readonly run: RunRecord;
  readonly requestId: string;
  readonly detail: PermissionDetail;
  readonly now: number;
}
export type Raised =
  | { readonly outcome: 'allowed'; readonly because: string; readonly proposalId: null }
  | { readonly outcome: 'withdrawn'; readonly because: string; readonly proposalId: null }
  | { readonly outcome: 'pending'; readonly because: null; readonly proposalId: ProposalId };

const BY_POLICY = { decision: 'allow', choice: null } as const;

/**
 * Takes in an agent's request inside the caller's transaction: policy answers it, or it becomes a proposal that waits for a
 * person. The same request again is the same proposal. A run that has ended, whose journal arrives late, asks nobody.
 */
export async function raisePermission(
  ports: SupervisionPorts & { readonly ids: Ids },
  input: RaisePermission,
): Promise<Raised> {
  const { run, requestId, detail, now } = input;
  if (run.status === 'ended') return { outcome: 'withdrawn', because: 'the run has ended', proposalId: null };
  const known = await ports.proposals.findByRequest(run.id, requestId);
  if (known) return { outcome: 'pending', because: null, proposalId: known.id };
  const rules = await ports.rules.applyingTo(run);
  const answer = decidePermission(detail, { rules });
  if (answer.decision === 'allow') {
    await answerAgent(ports, { run, requestId, decided: BY_POLICY, by: 'policy', now });
    return { outcome: 'allowed', because: answer.because, proposalId: null };
  }
  const pattern = patternFor(detail);
  const proposal: Proposal = {
    id: ports.ids.next('a') as ProposalId,
    kind: 'permission',
    status: 'pending',
    projectId: run.projectId,
    taskId: run.taskId,
    runId: run.id,
    sessionId: run.sessionId,
    profile: run.profile,
    requestId,
    title: detail.title,
    detail,
    widerRule: pattern && describePattern(pattern),
    createdAt: now,
    ruledAt: null,
    ruledBy: null,
    scope: null,
    reason: null,
    choice: null,
  };
  await ports.proposals.insert(proposal);
  const subject = { actor: `run:${run.id}`, taskId: run.taskId, projectId: run.projectId, runId: run.id };
  await ports.events.append([{ ...subject, kind: 'proposal.raised', payload: { proposal } }], now);
  return { outcome: 'pending', because: null, proposalId: proposal.id };
}
