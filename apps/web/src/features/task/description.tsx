import type { TaskCard } from '@quarterdeck/contract/task';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import styles from './description.module.css';
import { editTask } from './edit-task.ts';

/** What is to be done, in Markdown, edited in its place. */
export function Description({ card }: { readonly card: TaskCard }) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null) return <Editor card={card} draft={draft} setDraft={setDraft} />;
  const edit = () => setDraft(card.body ?? '');
  if (!card.body) {
    return (
      <button type="button" className={styles.none} onClick={edit}>
        Describe what is to be done. The agent reads this first.
      </button>
    );
  }
  return (
    <section className={styles.text} aria-label="Description">
      <IconButton label="Edit the description" className={styles.edit} onClick={edit}>
        <Pencil />
      </IconButton>
      <Markdown text={card.body} />
    </section>
  );
}

interface EditorProps {
  readonly card: TaskCard;
  readonly draft: string;
  readonly setDraft: (draft: string | null) => void;
}

function Editor({ card, draft, setDraft }: EditorProps) {
  const save = async () => {
    const isSaved = draft === (card.body ?? '') || (await editTask(card.id, { body: draft }));
    if (isSaved) setDraft(null);
  };
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit
        autoFocus
        aria-label="Description in Markdown"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            setDraft(null);
          }
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
        }}
      />
      <div className={styles.row}>
        <span>Markdown</span>
        <Button size="small" look="quiet" onClick={() => setDraft(null)}>
          Cancel
        </Button>
        <Button size="small" look="primary" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
