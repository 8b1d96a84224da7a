import type { Proposal } from '@quarterdeck/contract/proposal';

/** What became of a proposal, in a few words. */
export function ruledText({ status, choice }: Pick<Proposal, 'status' | 'choice'>): string {
  const word = {
    allowed: 'Allowed',
    answered: 'Answered',
    denied: 'Rejected',
    withdrawn: 'Withdrawn',
    pending: 'Waits',
  };
  return choice ? `${word[status]} with “${choice.name}”` : word[status];
}
