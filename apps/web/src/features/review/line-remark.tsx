import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { MOD_KEY } from '../../ui/mod-key.ts';
import styles from './line-remark.module.css';
import type { Place } from './review-draft.ts';

interface LineRemarkProps {
  readonly place: Place;
  readonly body: string;
  readonly isEditing: boolean;
  readonly put: (body: string) => void;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

/** A remark below its line, as it will be sent, or the box it is written in. */
export function LineRemark({ place, body, isEditing, put, onEdit, onClose }: LineRemarkProps) {
  const [text, setText] = useState(body);
  const name = `${place.path}, line ${place.line}`;
  if (!isEditing) {
    return (
      <div className={styles.remark}>
        <p>{body}</p>
        <div className={styles.row}>
          <span>Goes to the agent when you request changes</span>
          <Button size="small" look="quiet" aria-label={`Edit the remark on ${name}`} onClick={onEdit}>
            Edit
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-label={`Remove the remark on ${name}`}
            onClick={() => {
              setText('');
              put('');
            }}
          >
            Remove
          </Button>
        </div>
      </div>
    );
  }
  const save = () => {
    put(text);
    onClose();
  };
  const cancel = () => {
    setText(body);
    onClose();
  };
  return (
    <form
      className={styles.remark}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person just chose to write
        autoFocus
        rows={2}
        aria-label={`Remark on ${name}`}
        placeholder="What should change here?"
        maxLength={16_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            cancel();
          }
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          save();
        }}
      />
      <div className={styles.row}>
        <Button
          size="small"
          look="primary"
          type="submit"
          shortcut={`${MOD_KEY}↵`}
          disabled={text.trim() === ''}
        >
          Add the remark
        </Button>
        <Button size="small" look="quiet" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
