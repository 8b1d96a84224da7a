import type { TaskCard } from '@quarterdeck/contract/task';
import { Link } from '@tanstack/react-router';
import { Workflow, X } from 'lucide-react';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import styles from './dependencies.module.css';
import bodyStyles from './task-body.module.css';
import { TaskPicker } from './task-picker.tsx';

const NONE: readonly string[] = [];

/** What a task waits for and what waits for it. */
export function Dependencies({ card }: { readonly card: TaskCard }) {
  const parents = useLive((state) => state.board.parentsOf.get(card.id) ?? NONE);
  const children = useLive((state) => state.board.childrenOf.get(card.id) ?? NONE);
  return (
    <>
      <Linked
        heading="Waits for"
        ids={parents}
        exclude={[card.id, ...parents, ...children]}
        onAdd={(parentId) => void link(parentId, card.id)}
        onRemove={(parentId) => void unlink(parentId, card.id)}
      />
      <Linked
        heading="Holds back"
        ids={children}
        exclude={[card.id, ...parents, ...children]}
        onAdd={(childId) => void link(card.id, childId)}
        onRemove={(childId) => void unlink(card.id, childId)}
      />
      {parents.length + children.length > 0 && (
        <Link to="/graph" search={{ task: card.id }} className={styles.graph}>
          <Workflow size={14} aria-hidden="true" />
          Show the whole graph
        </Link>
      )}
    </>
  );
}

interface LinkedProps {
  readonly heading: string;
  readonly ids: readonly string[];
  readonly exclude: readonly string[];
  readonly onAdd: (taskId: string) => void;
  readonly onRemove: (taskId: string) => void;
}

function Linked({ heading, ids, exclude, onAdd, onRemove }: LinkedProps) {
  return (
    <section>
      <h2 className={bodyStyles.heading}>{heading}</h2>
      <div className={styles.chips}>
        {ids.map((id) => (
          <LinkChip key={id} taskId={id} onRemove={() => onRemove(id)} />
        ))}
        <TaskPicker label={`${heading}: add a task`} exclude={exclude} onPick={onAdd} />
      </div>
    </section>
  );
}

function LinkChip({ taskId, onRemove }: { readonly taskId: string; readonly onRemove: () => void }) {
  const card = useLive((state) => state.board.cards.get(taskId));
  const status = card?.status ?? 'archived';
  return (
    <span className={styles.chip}>
      <Link
        to="/"
        search={(previous) => ({ ...previous, task: taskId })}
        title={`${STATUS_WORD[status]}: ${card?.title ?? taskId}`}
      >
        <StatusGlyph status={status} />
        <code>{taskId}</code>
        <span>{card?.title}</span>
      </Link>
      <IconButton label={`Remove the link to ${taskId}`} onClick={onRemove}>
        <X />
      </IconButton>
    </span>
  );
}

async function link(parentId: string, childId: string): Promise<void> {
  const reply = await client.call('link.create', { body: { parentId, childId } });
  if (!reply.ok) toastRefusal('The tasks were not linked', reply.refusal);
}

async function unlink(parentId: string, childId: string): Promise<void> {
  const reply = await client.call('link.delete', { query: { parentId, childId } });
  if (!reply.ok) toastRefusal('The link was not removed', reply.refusal);
}
