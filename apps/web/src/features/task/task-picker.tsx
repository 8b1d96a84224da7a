import { Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { findCards } from '../board/find-cards.ts';
import styles from './task-picker.module.css';

const MOST = 8;

interface TaskPickerProps {
  readonly label: string;
  /** What stands on the button. */
  readonly word?: string;
  readonly exclude: readonly string[];
  readonly onPick: (taskId: string) => void;
}

/** A small search for one task. */
export function TaskPicker({ label, word = 'Add', exclude, onPick }: TaskPickerProps) {
  const [isOpen, setOpen] = useState(false);
  const pick = (taskId: string) => {
    setOpen(false);
    onPick(taskId);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={styles.add} aria-label={label}>
        <Plus aria-hidden="true" />
        {word}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.pop}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          <Finder exclude={exclude} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Finder({ exclude, onPick }: Pick<TaskPickerProps, 'exclude' | 'onPick'>) {
  const [text, setText] = useState('');
  const cards = useLive((state) => state.board.cards);
  const found = findCards(cards.values(), { text, most: MOST, exclude });
  return (
    <>
      <input
        className={styles.input}
        aria-label="Find a task"
        placeholder="Title or id"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !found[0]) return;
          // Inside a form it would send the form.
          event.preventDefault();
          onPick(found[0].id);
        }}
      />
      <ul>
        {found.map(({ id, title, status }) => (
          <li key={id}>
            <button type="button" className={styles.item} onClick={() => onPick(id)}>
              <StatusGlyph status={status} />
              <span>{title}</span>
              <code>{id}</code>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className={styles.none}>No task found.</li>}
      </ul>
    </>
  );
}
