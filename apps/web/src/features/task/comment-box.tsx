import type { Woken } from '@quarterdeck/contract/mention';
import { useState } from 'react';
import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { MOD_KEY } from '../../ui/mod-key.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import styles from './activity-tab.module.css';
import { MentionList } from './mention-list.tsx';
import { useMention } from './use-mention.ts';

/** Where a comment is written; `@` offers the agents, and those it names are woken with it. */
export function CommentBox({ taskId }: { readonly taskId: string }) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const me = useLive((state) => state.me?.name);
  const mention = useMention(text, setText);
  const send = async () => {
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    const reply = await client.call('task.comment', {
      params: { taskId },
      body: { body: text.trim(), author: me ?? null },
    });
    setBusy(false);
    if (!reply.ok) return toastRefusal('The comment was not added', reply.refusal);
    setText('');
    for (const woken of reply.value.woken) tellWoken(woken);
  };
  return (
    <form
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {mention.choices.length > 0 && <MentionList {...mention} />}
      <textarea
        ref={mention.box}
        rows={2}
        role="combobox"
        aria-label="Comment"
        aria-autocomplete="list"
        aria-expanded={mention.choices.length > 0}
        aria-controls={mention.listId}
        aria-activedescendant={mention.activeId}
        placeholder="Comment; @ wakes an agent with it"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          mention.follow();
        }}
        onSelect={mention.follow}
        onBlur={mention.close}
        onKeyDown={(event) => {
          if (mention.takeKey(event)) return;
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <Button type="submit" size="small" shortcut={`${MOD_KEY}↵`} disabled={text.trim() === '' || isBusy}>
        Comment
      </Button>
    </form>
  );
}

const WOKEN_WORDS: Readonly<Record<Woken['how'], string>> = {
  prompted: 'gets it now, in its session',
  resumed: 'has the task again and goes on with it',
  in_brief: 'reads it when it starts on the task',
  follow_up: 'answers it in a task of its own',
};

function tellWoken({ profile, how, taskId }: Woken): void {
  const said = `${profile} ${WOKEN_WORDS[how]}${how === 'follow_up' && taskId ? `, ${taskId}` : ''}`;
  toast(said);
  announce(said);
}
