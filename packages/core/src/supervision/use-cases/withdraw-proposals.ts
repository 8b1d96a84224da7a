import type { Proposal } from '@quarterdeck/contract/proposal';
import type { SupervisionPorts } from '../ports.ts';

interface Withdrawal {
  readonly because: string;
  readonly actor: string;
  readonly now: number;
}

/**
 * Takes back proposals nobody needs to answer any more, because the turn or the run is over. One that was allowed meanwhile is given
 * too when the agent was never told so.
 */
export async function withdrawProposals(
  ports: Pick<SupervisionPorts, 'proposals' | 'events'>,
  proposals: readonly Proposal[],
  withdrawal: Withdrawal,
): Promise<void> {
  const { because, actor, now } = withdrawal;
  for (const proposal of proposals) {
    if (proposal.status === 'withdrawn' || proposal.status === 'denied') continue;
    const withdrawn: Proposal = { ...proposal, status: 'withdrawn', ruledAt: now, reason: because };
    await ports.proposals.save(withdrawn);
    const { taskId, projectId, runId } = proposal;
    await ports.events.append(
      [
        {
          kind: 'proposal.withdrawn',
          actor,
          taskId,
          projectId,
          runId,
          payload: { proposal: withdrawn, because },
        },
      ],
      now,
    );
  }
}
