import type { TaskCard } from '@quarterdeck/contract/task';
import { SEVERITY_WORD } from './diagnostic-words.ts';
import { useTaskDiagnostics } from './diagnostics-store.ts';
import styles from './problem.module.css';
import { Remedies } from './remedies.tsx';
import { SeverityIcon } from './severity-icon.tsx';
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
        <div key={diagnostic.kind} className={styles.problem} data-severity={diagnostic.severity}>
          <SeverityIcon severity={diagnostic.severity} />
          <div>
            <p>
              <strong>{SEVERITY_WORD[diagnostic.severity]}.</strong> {diagnostic.message}
            </p>
            <Remedies diagnostic={diagnostic} card={card} lead={lead} />
          </div>
        </div>
      ))}
    </section>
  );
}
