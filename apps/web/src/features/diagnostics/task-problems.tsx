import type { TaskCard } from '@quarterdeck/contract/task';
import { useTaskDiagnostics } from './diagnostics-store.ts';
import styles from './problem.module.css';
import { ProblemCallout } from './problem-callout.tsx';
import { Remedies } from './remedies.tsx';
import { useLead } from './use-lead.ts';

interface TaskProblemsProps {
  readonly card: TaskCard;
  readonly onTab: (tab: string) => void;
}

/** What is wrong with a task, at the top of its view. */
export function TaskProblems({ card, onTab }: TaskProblemsProps) {
  const found = useTaskDiagnostics(card.id);
  const lead = useLead(card, onTab);
  if (found.length === 0) return null;
  return (
    <section className={styles.problems} aria-label="Needs attention">
      {found.map((diagnostic) => (
        <ProblemCallout key={diagnostic.kind} diagnostic={diagnostic}>
          <Remedies diagnostic={diagnostic} card={card} lead={lead} />
        </ProblemCallout>
      ))}
    </section>
  );
}
