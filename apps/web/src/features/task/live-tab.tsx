import type { Run } from '@quarterdeck/contract/run';
import { silenceOf } from '@quarterdeck/contract/silence';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { MessagesSquare } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { useNow } from '../../ui/use-now.ts';
import { Composer } from '../sessions/composer.tsx';
import { isLive } from '../sessions/is-live.ts';
import { PlanStack } from '../sessions/plan-stack.tsx';
import { Transcript } from '../sessions/transcript.tsx';
import { isWorking, latestPlan } from '../sessions/transcript-state.ts';
import { useTranscript } from '../sessions/use-transcript.ts';
import styles from './live-tab.module.css';
import { Standstill } from './standstill.tsx';

interface LiveTabProps {
  readonly card: TaskCard;
  readonly run: Run | null;
  readonly waiting: readonly WaitingReason[];
  readonly onTab: (tab: string) => void;
}

/** The conversation with the agent of the newest attempt. */
export function LiveTab({ card, run, waiting, onTab }: LiveTabProps) {
  const sessionId = card.run?.sessionId ?? run?.sessionId ?? null;
  const { transcript, refusal, isLoaded } = useTranscript(sessionId);
  const live = isLive(card);
  const now = useNow(10_000);
  const silence = card.run && silenceOf({ ...card.run, pendingApprovals: card.pendingApprovals }, now);
  const profile = card.run?.profile ?? run?.profile ?? 'The agent';
  if (!sessionId) return <NoConversation card={card} waiting={waiting} onTab={onTab} />;
  if (isLoaded && refusal && transcript.items.length === 0) {
    return (
      <EmptyState icon={<MessagesSquare />} title="The conversation cannot be shown">
        {sentence(refusal.message)}
      </EmptyState>
    );
  }
  return (
    <div className={styles.live}>
      {transcript.items.length === 0 && isLoaded ? (
        <EmptyState icon={<MessagesSquare />} title={live ? `${profile} is starting` : 'Nothing was said'}>
          {live
            ? 'Its workspace is being prepared. What it says and does appears here.'
            : 'This run ended before the agent said anything. The log may tell why.'}
        </EmptyState>
      ) : (
        <Transcript
          items={transcript.items}
          isWorking={live && isWorking(transcript)}
          silence={silence}
          isWaiting={card.pendingApprovals > 0}
          profile={profile}
        />
      )}
      <div className={styles.foot}>
        <PlanStack plan={latestPlan(transcript)} />
        <Composer card={card} sessionId={sessionId} isLive={live} isWorking={isWorking(transcript)} />
      </div>
    </div>
  );
}

function NoConversation({ card, waiting, onTab }: Pick<LiveTabProps, 'card' | 'waiting' | 'onTab'>) {
  return (
    <div className={styles.none}>
      <Standstill card={card} waiting={waiting} onTab={onTab} />
      <EmptyState icon={<MessagesSquare />} title="No agent has worked on this yet">
        {card.assignee
          ? `When the task is ready, ${card.assignee} starts on it and everything it says and does appears here.`
          : 'Give the task to an agent; everything it says and does appears here.'}
      </EmptyState>
    </div>
  );
}
