import type { Proposal } from '@quarterdeck/contract/proposal';
import type { TranscriptItem } from '@quarterdeck/contract/session';
import { ShieldCheck, ShieldQuestionMark, ShieldX } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { clockText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { askText } from './ask-text.ts';
import styles from './permission-item.module.css';
import { ProposalDetail } from './proposal-detail.tsx';
import { RulingButtons } from './ruling-buttons.tsx';

type PermissionEntry = Extract<TranscriptItem, { kind: 'permission' }>;

const OUTCOMES = {
  allowed: { word: 'Allowed', icon: ShieldCheck },
  denied: { word: 'Rejected', icon: ShieldX },
  answered: { word: 'Answered', icon: ShieldCheck },
  withdrawn: { word: 'Withdrawn', icon: ShieldQuestionMark },
  pending: { word: 'Being answered', icon: ShieldQuestionMark },
};

/** A request in a conversation: answered in its place while it waits, one line afterwards. */
export function PermissionItem({ item }: { readonly item: PermissionEntry }) {
  const proposal = useLive((state) => state.board.pending.get(item.proposalId ?? ''));
  const isFirst = useLive(({ board }) => firstOfSession(board.pending, proposal)?.id === proposal?.id);
  if (proposal && item.outcome === 'pending') return <PermissionCard proposal={proposal} hasKeys={isFirst} />;
  const { word, icon: Icon } = OUTCOMES[item.outcome];
  return (
    <div className={styles.settled} data-outcome={item.outcome}>
      <Icon aria-hidden="true" />
      <span>
        <strong>{word}</strong>
        {item.choice ? ` with “${item.choice}”` : ''}
        {item.decidedBy ? ` by ${item.decidedBy}` : ''}: {item.title}
      </span>
    </div>
  );
}

function firstOfSession(
  pending: ReadonlyMap<string, Proposal>,
  of: Proposal | undefined,
): Proposal | undefined {
  return [...pending.values()].find(({ sessionId }) => sessionId === of?.sessionId);
}

/** A request that waits for a person. */
export function PermissionCard({
  proposal,
  hasKeys,
}: {
  readonly proposal: Proposal;
  readonly hasKeys: boolean;
}) {
  return (
    <section className={styles.ask} aria-label={`${proposal.profile} asks: ${proposal.title}`}>
      <div className={styles.head}>
        <h3>{askText(proposal)}</h3>
        <Waiting since={proposal.createdAt} />
      </div>
      <ProposalDetail proposal={proposal} />
      <RulingButtons proposal={proposal} hasKeys={hasKeys} />
    </section>
  );
}

export function Waiting({ since }: { readonly since: number }) {
  const now = useNow(1000);
  return <span className={styles.waiting}>waiting {clockText(now - since)}</span>;
}
