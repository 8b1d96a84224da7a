import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import { Link, useNavigate } from '@tanstack/react-router';
import { HeartPulse } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import styles from './attention-page.module.css';
import { useDiagnostics } from './diagnostics-store.ts';
import { ProblemCallout } from './problem-callout.tsx';
import { Remedies } from './remedies.tsx';
import { useLead } from './use-lead.ts';

/** The worst are looked at first, and thousands would take long to draw. */
const MOST_SHOWN = 200;

/** Everything that is wrong on the board, worst first, each with what helps. */
export function AttentionPage() {
  const all = useDiagnostics((state) => state.all);
  if (all === null) return null;
  if (all.length === 0) {
    return (
      <EmptyState icon={<HeartPulse />} title="Nothing needs attention">
        Quarterdeck looks for runs that say nothing, tasks that fail or that nobody takes, questions that wait
        too long, and work that cannot land. What it finds stands here, with what helps.
      </EmptyState>
    );
  }
  return (
    <ul className={styles.list} aria-label={`${all.length} that need attention, worst first`}>
      {all.slice(0, MOST_SHOWN).map((diagnostic) => (
        <li key={`${diagnostic.taskId} ${diagnostic.kind}`}>
          <Problem diagnostic={diagnostic} />
        </li>
      ))}
      {all.length > MOST_SHOWN && (
        <li>{all.length - MOST_SHOWN} more stand here as soon as some of these are mended.</li>
      )}
    </ul>
  );
}

function Problem({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const { taskId, taskTitle } = diagnostic;
  const card = useLive((state) => state.board.cards.get(taskId));
  const heading = (
    <h2 className={styles.title}>
      {card && <StatusGlyph status={card.status} />}
      <Link to="/tasks/$taskId" params={{ taskId }}>
        {card?.title ?? taskTitle}
      </Link>
      <code>{taskId}</code>
      {card && <span>{STATUS_WORD[card.status]}</span>}
    </h2>
  );
  return (
    <ProblemCallout diagnostic={diagnostic} heading={heading}>
      {card && <LedRemedies diagnostic={diagnostic} card={card} />}
    </ProblemCallout>
  );
}

function LedRemedies({ diagnostic, card }: Omit<Parameters<typeof Remedies>[0], 'lead'>) {
  const navigate = useNavigate();
  const lead = useLead(card, (tab) => {
    void navigate({ to: '/tasks/$taskId', params: { taskId: card.id }, search: { tab } });
  });
  return <Remedies diagnostic={diagnostic} card={card} lead={lead} />;
}
