import type { Proposal, Ruling } from '@quarterdeck/contract/proposal';
import { toast } from 'sonner';
import { withProposal } from '../../connection/apply-event.ts';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { announce } from '../../ui/announcer.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { ruledText } from './ruled-text.ts';

/** Answers a proposal. Returns whether the answer was taken. */
export async function ruleProposal(proposal: Proposal, ruling: Ruling): Promise<boolean> {
  const reply = await client.call('approval.rule', { params: { proposalId: proposal.id }, body: ruling });
  if (!reply.ok) {
    toastRefusal('Your answer was not taken', reply.refusal);
    return false;
  }
  useLive.setState(({ board, ownActions }) => ({
    board: withProposal(board, reply.value.proposal),
    ownActions: ownActions + 1,
  }));
  const text = `${ruledText(reply.value.proposal)}: ${proposal.title}`;
  announce(text);
  toast(text);
  return true;
}
