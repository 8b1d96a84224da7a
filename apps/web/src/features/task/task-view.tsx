import type { TaskCard } from '@quarterdeck/contract/task';
import { SearchX } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { FileDrop } from '../attachments/file-drop.tsx';
import { TaskProblems } from '../diagnostics/task-problems.tsx';
import { isLive as isLiveRun } from '../sessions/is-live.ts';
import { ActivityTab } from './activity-tab.tsx';
import { latestRun } from './detail-state.ts';
import { LiveTab } from './live-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { TaskBody } from './task-body.tsx';
import { TaskHead } from './task-head.tsx';
import styles from './task-view.module.css';
import { useShownCard, useTaskDetail } from './use-task-detail.ts';

const ChangesTab = lazy(async () => ({ default: (await import('./changes-tab.tsx')).ChangesTab }));

const TABS = ['task', 'live', 'changes', 'runs', 'activity', 'log'] as const;
type Tab = (typeof TABS)[number];

interface TaskViewProps {
  readonly taskId: string;
  readonly tab: string | undefined;
  readonly onTab: (tab: string) => void;
  /** Buttons of the frame around it. */
  readonly tools: ReactNode;
}

/** A task with everything that belongs to it, in a drawer or on its own page. */
export function TaskView({ taskId, tab, onTab, tools }: TaskViewProps) {
  const { detail, card: loadedCard, events, refusal, isLoading } = useTaskDetail(taskId);
  const card = useShownCard(taskId, loadedCard);
  const isLive = isLiveRun(card);
  const opensAtChanges = useOpensAtChanges(taskId, card);
  if (!card) return <Missing isLoading={isLoading} reason={refusal?.message ?? null} tools={tools} />;
  const runs = detail?.runs ?? [];
  const run = latestRun(runs);
  const work = latestRun(runs.filter(({ purpose }) => purpose === 'work'));
  const shown =
    TABS.find((each) => each === tab) ?? (opensAtChanges ? 'changes' : card.run || run ? 'live' : 'task');
  const labels: Readonly<Record<Tab, ReactNode>> = {
    live: isLive ? 'Live' : 'Conversation',
    task: 'Task',
    changes: <Counted word="Changes" count={work?.diffStat?.files ?? 0} />,
    runs: <Counted word="Runs" count={runs.length} />,
    activity: <Counted word="Activity" count={detail?.comments.length ?? 0} />,
    log: 'Log',
  };
  return (
    <FileDrop taskId={taskId} onAttach={() => onTab('task')}>
      <TaskHead card={card} runs={runs} tools={tools} />
      <TaskProblems card={card} onTab={onTab} />
      <Tabs.Root value={shown} onValueChange={onTab} className={styles.tabs}>
        <Tabs.List className={styles.list} aria-label="Parts of the task">
          {TABS.map((each) => (
            <Tabs.Trigger key={each} value={each} className={styles.tab ?? ''}>
              {labels[each]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="live" className={styles.content} tabIndex={-1}>
          <LiveTab card={card} run={run} waiting={detail?.waiting ?? []} onTab={onTab} />
        </Tabs.Content>
        <Tabs.Content value="task" className={styles.content} tabIndex={-1}>
          <TaskBody
            card={card}
            runs={runs}
            waiting={detail?.waiting ?? []}
            attachments={detail?.attachments ?? []}
            onTab={onTab}
          />
        </Tabs.Content>
        <Tabs.Content value="changes" className={styles.content} tabIndex={-1}>
          <Suspense fallback={null}>
            <ChangesTab card={card} run={work} runs={runs} />
          </Suspense>
        </Tabs.Content>
        <Tabs.Content value="runs" className={styles.content} tabIndex={-1}>
          <RunsTab runs={runs} />
        </Tabs.Content>
        <Tabs.Content value="activity" className={styles.content} tabIndex={-1}>
          <ActivityTab card={card} events={events} comments={detail?.comments ?? []} />
        </Tabs.Content>
        <Tabs.Content value="log" className={styles.content} tabIndex={-1}>
          <LogTab taskId={taskId} isLive={isLive} hasRun={runs.length > 0} />
        </Tabs.Content>
      </Tabs.Root>
    </FileDrop>
  );
}

/** Work under review opens at its changes, and stays there when the decision is made. */
function useOpensAtChanges(taskId: string, card: TaskCard | null): boolean {
  const [opened, setOpened] = useState<{ readonly taskId: string; readonly atChanges: boolean } | null>(null);
  if (card && opened?.taskId !== taskId)
    setOpened({ taskId, atChanges: card.status === 'review' && card.branch !== null });
  return opened?.taskId === taskId && opened.atChanges;
}

function Counted({ word, count }: { readonly word: string; readonly count: number }) {
  return (
    <>
      {word}
      {count > 0 && <em>{count}</em>}
    </>
  );
}

interface MissingProps {
  readonly isLoading: boolean;
  readonly reason: string | null;
  readonly tools: ReactNode;
}

function Missing({ isLoading, reason, tools }: MissingProps) {
  return (
    <>
      <div className={styles.bar}>{tools}</div>
      {!isLoading && (
        <EmptyState icon={<SearchX />} title="This task cannot be shown">
          {sentence(reason ?? 'It may have been removed')} Check the link, or look for it on the board.
        </EmptyState>
      )}
    </>
  );
}
