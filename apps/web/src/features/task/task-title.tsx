import type { TaskCard } from '@quarterdeck/contract/task';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import styles from './task-title.module.css';
import { useTextEdit } from './use-text-edit.ts';

/** The title of a task, edited in its place: leaving the field saves it. */
export function TaskTitle({ card }: { readonly card: TaskCard }) {
  const { edit, begin } = useTextEdit(card, 'title');
  if (edit === null) {
    return (
      <h1 className={styles.title}>
        <button type="button" title="Edit the title" onClick={begin}>
          {card.title}
        </button>
      </h1>
    );
  }
  return (
    <>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit
        autoFocus
        className={styles.titleBox}
        aria-label="Title"
        maxLength={500}
        rows={1}
        value={edit.text}
        onChange={(event) => edit.write(event.target.value.replaceAll('\n', ' '))}
        onBlur={() => edit.conflict === null && edit.save()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            edit.leave();
          }
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (edit.conflict === null) edit.save();
        }}
      />
      <ChangedMeanwhile edit={edit} what="the title" />
    </>
  );
}
