import type { Run } from '@quarterdeck/contract/run';
import type { TaskCard } from '@quarterdeck/contract/task';
import { GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { useLive } from '../../connection/live-store.ts';
import { moneyText, tokensText } from '../../ui/amount-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu } from '../../ui/menu.tsx';
import { PRIORITY_STEPS, priorityText, priorityWord } from '../../ui/priority-text.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useAgentInitials } from '../agents/use-agents.ts';
import { Elapsed } from '../board/card-time.tsx';
import { LabelInput } from '../labels/label-input.tsx';
import { ReviewerChip } from '../review/reviewer-chip.tsx';
import { latestRun, spentOf } from './detail-state.ts';
import { editTask } from './edit-task.ts';
import { labelChange } from './label-change.ts';
import { ModelChip } from './model-chip.tsx';
import styles from './task-head.module.css';
import { TaskTitle } from './task-title.tsx';
import { useAssigneeItems } from './use-assignee-items.tsx';
import { useMoveItems } from './use-move-items.tsx';

interface TaskHeadProps {
  readonly card: TaskCard;
  readonly runs: readonly Run[];
  readonly tools: ReactNode;
}

/** What a task is and where it stands, each part a click away from being changed. */
export function TaskHead({ card, runs, tools }: TaskHeadProps) {
  const project = useLive((state) => state.board.projects.get(card.projectId)?.name);
  const run = latestRun(runs);
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.id}
          title="Copy the id"
          onClick={() => void navigator.clipboard?.writeText(card.id).then(() => toast(`${card.id} copied`))}
        >
          {card.id}
        </button>
        {project && <span>· {project}</span>}
        {run && <span>· run {run.attempt}</span>}
        <span className={styles.space} />
        {tools}
      </div>
      <TaskTitle card={card} />
      <div className={styles.chips}>
        <StatusChip card={card} />
        <AssigneeChip card={card} />
        <ModelChip card={card} />
        <ReviewerChip card={card} />
        <PriorityChip card={card} />
        {card.branch && (
          <button
            type="button"
            className={styles.chip}
            title="Copy the branch name"
            onClick={() =>
              void navigator.clipboard?.writeText(card.branch ?? '').then(() => toast('Branch name copied'))
            }
          >
            <GitBranch aria-hidden="true" />
            <code>{card.branch}</code>
          </button>
        )}
        <Spending card={card} runs={runs} />
      </div>
      <LabelInput
        name="Add a label"
        labels={card.labels}
        onChange={(labels) => void editTask(card, labelChange(card.labels, labels))}
        placeholder="Add a label"
      />
    </header>
  );
}

function StatusChip({ card }: { readonly card: TaskCard }) {
  const items = useMoveItems(card);
  return (
    <Menu
      label="Move to"
      items={items}
      trigger={
        <button
          type="button"
          className={styles.status}
          data-status={card.status}
          aria-label={`Status: ${STATUS_WORD[card.status]}. Change it`}
        >
          <StatusGlyph status={card.status} isLive={card.run?.status === 'working'} />
          {STATUS_WORD[card.status]}
        </button>
      }
    />
  );
}

function AssigneeChip({ card }: { readonly card: TaskCard }) {
  const items = useAssigneeItems(card);
  const initials = useAgentInitials(card.assignee);
  return (
    <Menu
      label="Give it to"
      items={items}
      trigger={
        <button
          type="button"
          className={styles.chip}
          aria-label={`Assignee: ${card.assignee ?? 'nobody'}. Change it`}
        >
          {card.assignee && <Avatar name={card.assignee} agentInitials={initials} size={16} />}
          {card.assignee ?? 'Nobody'}
        </button>
      }
    />
  );
}

function PriorityChip({ card }: { readonly card: TaskCard }) {
  const items = PRIORITY_STEPS.map((priority) => ({
    key: String(priority),
    label: priorityWord(priority),
    hint: priorityText(priority),
    isOn: priority === card.priority,
    onSelect: () => void editTask(card, { priority }),
  }));
  return (
    <Menu
      label="Priority"
      items={items}
      trigger={
        <button
          type="button"
          className={styles.chip}
          aria-label={`Priority: ${priorityWord(card.priority)}. Change it`}
        >
          {card.priority !== 0 && <b className={styles.priority}>{priorityText(card.priority)}</b>}
          {priorityWord(card.priority)}
        </button>
      }
    />
  );
}

function Spending({ card, runs }: { readonly card: TaskCard; readonly runs: readonly Run[] }) {
  const { tokens, costMicros, costSource } = spentOf(runs);
  const parts = [
    costMicros !== null && moneyText(costMicros, costSource),
    tokens !== null && `${tokensText(tokens)} tokens`,
  ].filter((part) => part !== false);
  if (parts.length === 0 && !card.run) return null;
  return (
    <span className={styles.spent}>
      {parts.join(' · ')}
      {card.run && (
        <>
          {parts.length > 0 && ' · '}
          <Elapsed since={card.run.startedAt ?? card.run.claimedAt} />
        </>
      )}
    </span>
  );
}
