import type { Attachment } from '@quarterdeck/contract/attachment';
import type { Run } from '@quarterdeck/contract/run';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { useLive } from '../../connection/live-store.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { Attachments } from '../attachments/attachments.tsx';
import { TASK_BUDGET_ID } from '../diagnostics/open-budget-field.ts';
import { WORKSPACE_WORDS } from '../projects/workspace-words.ts';
import { LandingNote } from '../review/landing-note.tsx';
import { RunNotes } from '../review/run-notes.tsx';
import { Dependencies } from './dependencies.tsx';
import { Description } from './description.tsx';
import { Standstill } from './standstill.tsx';
import styles from './task-body.module.css';
import { TaskBudget } from './task-budget.tsx';

interface TaskBodyProps {
  readonly card: TaskCard;
  readonly runs: readonly Run[];
  readonly waiting: readonly WaitingReason[];
  readonly attachments: readonly Attachment[];
  readonly onTab: (tab: string) => void;
}

/** What is to be done, what it waits for, what came of it. */
export function TaskBody({ card, runs, waiting, attachments, onTab }: TaskBodyProps) {
  return (
    <div className={styles.body}>
      <LandingNote card={card} />
      <RunNotes runs={runs} />
      <Standstill card={card} waiting={waiting} onTab={onTab} />
      <Description card={card} />
      {card.result && (
        <section>
          <h2 className={styles.heading}>Result</h2>
          <Markdown text={card.result} />
        </section>
      )}
      <Attachments taskId={card.id} attachments={attachments} />
      <Dependencies card={card} />
      <div id={TASK_BUDGET_ID}>
        <TaskBudget card={card} />
      </div>
      <Facts card={card} />
    </div>
  );
}

function Facts({ card }: { readonly card: TaskCard }) {
  const now = useNow(60_000);
  const project = useLive((state) => state.board.projects.get(card.projectId));
  const facts: readonly (readonly [string, string | null])[] = [
    ['Created', `${momentText(card.createdAt, now)} by ${card.createdBy}`],
    ['Starts', card.scheduledAt === null ? null : momentText(card.scheduledAt, now)],
    ['Finished', card.completedAt === null ? null : momentText(card.completedAt, now)],
    ['Failed', card.failureCount > 0 ? `${card.failureCount} times in a row` : null],
    ['Works in', card.workspacePath],
    ['Workspace', WORKSPACE_WORDS[card.workspaceKind]],
    ['Starts in', project?.subfolder ?? null],
    ['Tenant', card.tenant],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
