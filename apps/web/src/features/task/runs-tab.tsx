import type { Run } from '@quarterdeck/contract/run';
import { History } from 'lucide-react';
import { bytesText, moneyText, tokensText } from '../../ui/amount-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { OUTCOME_WORD } from '../../ui/status-word.ts';
import { durationText, momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAgentInitials } from '../agents/use-agents.ts';
import { runWord } from '../sessions/run-word.ts';
import { outcomeTone } from './outcome-tone.ts';
import styles from './runs-tab.module.css';

/** Every attempt at the task, the newest first. */
export function RunsTab({ runs }: { readonly runs: readonly Run[] }) {
  if (runs.length === 0) {
    return (
      <EmptyState icon={<History />} title="No attempts yet">
        Each time an agent works on the task, its outcome, duration and cost are listed here.
      </EmptyState>
    );
  }
  return (
    <ol className={styles.runs}>
      {runs
        .toSorted((left, right) => right.attempt - left.attempt)
        .map((run) => (
          <Attempt key={run.id} run={run} />
        ))}
    </ol>
  );
}

function Attempt({ run }: { readonly run: Run }) {
  const now = useNow(run.endedAt === null ? 1000 : 60_000);
  const initials = useAgentInitials(run.profile);
  const text = run.error ?? run.summary;
  return (
    <li className={styles.run} data-tone={outcomeTone(run)}>
      <div className={styles.head}>
        <strong>{run.outcome ? OUTCOME_WORD[run.outcome] : sentenceCase(runWord(run.status))}</strong>
        <span className={styles.attempt}>
          {run.purpose === 'review' ? 'review, ' : ''}attempt {run.attempt}
        </span>
        <span className={styles.space} />
        <span>{momentText(run.claimedAt, now)}</span>
      </div>
      {text && (
        <p className={run.error ? styles.error : styles.text}>
          <InlineCode text={text} />
        </p>
      )}
      <div className={styles.facts}>
        <Avatar name={run.profile} agentInitials={initials ?? run.profile.slice(0, 2)} size={16} />
        <span>{run.profile}</span>
        {factsOf(run, now).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {run.diffStat && run.diffStat.files > 0 && (
          <ChangeCounts added={run.diffStat.added} removed={run.diffStat.removed} />
        )}
      </div>
    </li>
  );
}

function factsOf({ startedAt, claimedAt, endedAt, usage, diskBytes }: Run, now: number): readonly string[] {
  const tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
  return [
    durationText((endedAt ?? now) - (startedAt ?? claimedAt)),
    usage.model,
    usage.effort === null ? null : `effort ${usage.effort}`,
    usage.costMicros === null ? null : moneyText(usage.costMicros, usage.costSource),
    tokens > 0 ? `${tokensText(tokens)} tokens` : null,
    diskBytes === null ? null : `${bytesText(diskBytes)} on disk`,
  ].filter((fact) => fact !== null);
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
