import { silenceOf } from '@quarterdeck/contract/silence';
import type { TaskCard } from '@quarterdeck/contract/task';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { useNow } from '../../ui/use-now.ts';
import { Elapsed } from '../board/card-time.tsx';
import { runWord } from '../sessions/run-word.ts';
import styles from './agents-page.module.css';

const NONE: readonly TaskCard[] = [];

/** The tasks an agent works on now. */
export function AgentWork({ profile }: { readonly profile: string }) {
  const running = useLive((state) => state.board.columns.get('running') ?? NONE);
  const busy = useMemo(
    () => running.filter((card): card is TaskCard & { run: object } => card.run?.profile === profile),
    [running, profile],
  );
  const now = useNow(10_000);
  if (busy.length === 0) return null;
  return (
    <ul className={styles.work}>
      {busy.map(({ id, title, run, pendingApprovals }) => (
        <li key={id}>
          <Link to="/tasks/$taskId" params={{ taskId: id }}>
            <i />
            <span className={styles.workTitle}>{title}</span>
            {pendingApprovals > 0 ? (
              <b>needs you</b>
            ) : (
              <span className={styles.workNow}>
                {silenceOf({ ...run, pendingApprovals }, now)?.text ?? run.activity ?? runWord(run.status)}
              </span>
            )}
            <Elapsed since={run.startedAt ?? run.claimedAt} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
