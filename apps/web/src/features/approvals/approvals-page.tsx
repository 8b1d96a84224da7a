import type { Proposal } from '@quarterdeck/contract/proposal';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ShieldCheck } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useAgentInitials } from '../agents/use-agents.ts';
import { isTyping } from '../shell/is-typing.ts';
import styles from './approvals-page.module.css';
import { askText, kindText } from './ask-text.ts';
import { oldestFirst, stepTo } from './inbox-order.ts';
import { Waiting } from './permission-item.tsx';
import { ProposalDetail } from './proposal-detail.tsx';
import { RuleList } from './rule-list.tsx';
import { RulingButtons } from './ruling-buttons.tsx';

/** Everything agents wait for: the list on the left, what exactly is asked on the right. */
export function ApprovalsPage() {
  const pending = useLive((state) => state.board.pending);
  const proposals = useMemo(() => oldestFirst(pending.values()), [pending]);
  const { id } = useSearch({ strict: false }) as { readonly id?: string };
  const navigate = useNavigate();
  const open = useCallback(
    (next: string | undefined) =>
      void navigate({ to: '/approvals', search: next ? { id: next } : {}, replace: true }),
    [navigate],
  );
  const chosen = proposals.find((proposal) => proposal.id === id) ?? proposals[0];
  useInboxKeys(proposals, chosen, open);
  if (!chosen) {
    return (
      <div className={styles.empty}>
        <EmptyState icon={<ShieldCheck />} title="Nothing waits for you">
          When an agent wants to do something its rules do not cover, it asks here and waits. You can allow it
          once, for the task or for the project.
        </EmptyState>
        <RuleList />
      </div>
    );
  }
  return (
    <div className={classes(styles.inbox, id !== undefined && styles.reading)}>
      <ul className={styles.list} aria-label={`${proposals.length} approvals, oldest first`}>
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            <InboxLine proposal={proposal} isOn={proposal === chosen} onOpen={() => open(proposal.id)} />
          </li>
        ))}
      </ul>
      <ProposalPane key={chosen.id} proposal={chosen} onBack={() => open(undefined)} />
    </div>
  );
}

interface InboxLineProps {
  readonly proposal: Proposal;
  readonly isOn: boolean;
  readonly onOpen: () => void;
}

function InboxLine({ proposal, isOn, onOpen }: InboxLineProps) {
  const initials = useAgentInitials(proposal.profile);
  const task = useLive((state) => state.board.cards.get(proposal.taskId)?.title);
  return (
    <button
      type="button"
      className={classes(styles.line, isOn && styles.on)}
      aria-current={isOn}
      onClick={onOpen}
    >
      <Avatar name={proposal.profile} agentInitials={initials ?? proposal.profile.slice(0, 2)} size={24} />
      <span className={styles.lineText}>
        <span className={styles.lineTitle}>{proposal.title}</span>
        <span className={styles.lineTask}>{task ?? proposal.taskId}</span>
      </span>
      <Waiting since={proposal.createdAt} />
    </button>
  );
}

function ProposalPane({ proposal, onBack }: { readonly proposal: Proposal; readonly onBack: () => void }) {
  const { cards, projects } = useLive((state) => state.board);
  return (
    <section className={styles.pane} aria-label="The approval">
      <button type="button" className={styles.back} onClick={onBack}>
        <ArrowLeft aria-hidden="true" />
        All approvals
      </button>
      <div className={styles.sheet}>
        <h1>{askText(proposal)}</h1>
        <dl className={styles.facts}>
          <dt>Asked by</dt>
          <dd>{proposal.profile}</dd>
          <dt>Task</dt>
          <dd>
            <Link to="/tasks/$taskId" params={{ taskId: proposal.taskId }}>
              <code>{proposal.taskId}</code> {cards.get(proposal.taskId)?.title}
            </Link>
          </dd>
          <dt>Project</dt>
          <dd>{projects.get(proposal.projectId)?.name ?? proposal.projectId}</dd>
          <dt>Kind</dt>
          <dd>{kindText(proposal.detail.toolKind)}</dd>
        </dl>
        <ProposalDetail proposal={proposal} />
        <RulingButtons proposal={proposal} hasKeys />
      </div>
      <p className={styles.keys}>J and K step through the list.</p>
      <RuleList />
    </section>
  );
}

function useInboxKeys(
  proposals: readonly Proposal[],
  chosen: Proposal | undefined,
  open: (id: string | undefined) => void,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event)) return;
      const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      const next = by === undefined ? undefined : stepTo(proposals, chosen?.id, by);
      if (!next) return;
      event.preventDefault();
      open(next);
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, [proposals, chosen, open]);
}
