import type { PlanEntry } from '@quarterdeck/contract/session';
import { Check, ChevronRight, Circle, CircleDot } from 'lucide-react';
import styles from './plan-stack.module.css';

const ICONS = { pending: Circle, in_progress: CircleDot, completed: Check };

/** The agent's own checklist: how far it is, and all of it on demand. */
export function PlanStack({ plan }: { readonly plan: readonly PlanEntry[] | null }) {
  if (!plan) return null;
  const done = plan.filter(({ status }) => status === 'completed').length;
  const current = plan.find(({ status }) => status === 'in_progress');
  return (
    <details className={styles.plan}>
      <summary>
        <ChevronRight aria-hidden="true" />
        <span className={styles.count}>
          {done} of {plan.length} steps
        </span>
        {current && <span className={styles.current}>{current.content}</span>}
      </summary>
      <ol>
        {plan.map(({ content, status }, index) => {
          const Icon = ICONS[status];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the agent sends the whole list, its lines have no identity
            <li key={index} data-step={status}>
              <Icon aria-label={status.replace('_', ' ')} />
              {content}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
