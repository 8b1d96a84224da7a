import type { TaskCard } from '@quarterdeck/contract/task';
import { Pencil } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import styles from './description.module.css';
import { type TextEdit, useTextEdit } from './use-text-edit.ts';

/** What is to be done, in Markdown, edited in its place. */
export function Description({ card }: { readonly card: TaskCard }) {
  const { edit, begin } = useTextEdit(card, 'body');
  if (edit !== null) return <Editor edit={edit} />;
  if (!card.body) {
    return (
      <button type="button" className={styles.none} onClick={begin}>
        Describe what is to be done. The agent reads this first.
      </button>
    );
  }
  return (
    <section className={styles.text} aria-label="Description">
      <IconButton label="Edit the description" className={styles.edit} onClick={begin}>
        <Pencil />
      </IconButton>
      <Markdown text={card.body} />
    </section>
  );
}

function Editor({ edit }: { readonly edit: TextEdit }) {
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        edit.save();
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit
        autoFocus
        aria-label="Description in Markdown"
        value={edit.text}
        onChange={(event) => edit.write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            edit.leave();
          }
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) edit.save();
        }}
      />
      <ChangedMeanwhile edit={edit} what="the description" />
      <div className={styles.row}>
        <span>Markdown</span>
        <Button size="small" look="quiet" onClick={edit.leave}>
          Cancel
        </Button>
        <Button size="small" look="primary" type="submit" disabled={edit.isSaving || edit.conflict !== null}>
          Save
        </Button>
      </div>
    </form>
  );
}
