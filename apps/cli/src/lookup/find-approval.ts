import type { Client } from '@quarterdeck/client/call';
import type { Proposal } from '@quarterdeck/contract/proposal';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { fullSpelling, isWholeId, matchId } from './match-id.ts';

/** The whole id of the approval that was meant; only those that wait for an answer are looked through. */
export async function findApprovalId(client: Client, typed: string): Promise<Result<string>> {
  const id = fullSpelling('a', typed);
  if (isWholeId(id)) return ok(id);
  const reply = await client.call('approval.list', { query: { status: 'pending', limit: 1000 } });
  if (!reply.ok) return reply;
  const ids = reply.value.proposals.map((proposal) => proposal.id);
  return matchId({ prefix: 'a', notFound: 'proposal_not_found', detail: 'proposalId' }, typed, ids);
}

/** The approval itself, which must still wait. */
export async function findApproval(client: Client, typed: string): Promise<Result<Proposal>> {
  const id = await findApprovalId(client, typed);
  if (!id.ok) return id;
  const reply = await client.call('approval.list', { query: { status: 'pending', limit: 1000 } });
  if (!reply.ok) return reply;
  const found = reply.value.proposals.find((proposal) => proposal.id === id.value);
  return found === undefined ? refuse('proposal_not_found', { proposalId: id.value }) : ok(found);
}
