import type { TaskStatus } from '@quarterdeck/contract/status';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { LabelInput } from '../labels/label-input.tsx';
import { useBoardUi } from './board-ui.ts';
import { revealCard } from './card-focus.ts';
import { createTask, readDraft } from './create-task.ts';
import { DraftChoices } from './draft-choices.tsx';
import styles from './inline-create.module.css';
import {
  useDraftAssignee,
  useDraftParents,
  useDraftPriority,
  useDraftProject,
  useDraftReviewer,
  useDraftWorkspace,
} from './use-draft.tsx';

/** The column may be beside the screen when the box was opened by key. */
const bringIntoSight = (box: HTMLElement | null) =>
  box?.scrollIntoView({ inline: 'nearest', block: 'nearest' });

const close = () => useBoardUi.setState({ creatingIn: null });

/** A finger has no Shift: it taps Create, and Enter on its keyboard makes a line. */
const hasKeys = () => globalThis.matchMedia('(pointer: fine)').matches;

/** A box at the top of a column for one task after another. */
export function InlineCreate({ status }: { readonly status: TaskStatus }) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const titleBox = useRef<HTMLTextAreaElement>(null);
  const project = useDraftProject();
  const assignee = useDraftAssignee(project.chosen?.defaultProfile ?? null);
  const reviewer = useDraftReviewer();
  const priority = useDraftPriority();
  const workspace = useDraftWorkspace(project.chosen);
  const parents = useDraftParents();
  const [labels, setLabels] = useState<readonly string[]>([]);
  const hasTitle = readDraft(text).title !== '';
  const create = async () => {
    if (!hasTitle || isBusy) return;
    setBusy(true);
    const task = await createTask({
      text,
      status,
      projectId: project.chosen?.id ?? null,
      assignee: assignee.chosen,
      reviewer: reviewer.chosen,
      priority: priority.chosen,
      workspaceKind: workspace.chosen,
      parents: parents.ids,
      labels,
    });
    setBusy(false);
    if (!task) return;
    setText('');
    priority.reset();
    parents.reset();
    setLabels([]);
    titleBox.current?.focus();
    revealCard(task.id, task.status);
  };
  return (
    <form
      ref={bringIntoSight}
      className={styles.box}
      aria-label={`New task in ${STATUS_WORD[status]}`}
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <textarea
        ref={titleBox}
        // biome-ignore lint/a11y/noAutofocus: the person just asked for this box
        autoFocus
        rows={3}
        value={text}
        aria-label="Title; further lines become the description"
        placeholder={hasKeys() ? 'What should be done?\n⇧↵ adds a description' : 'What should be done?'}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            close();
          }
          const isEnter = event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
          if (!isEnter || !hasKeys()) return;
          event.preventDefault();
          void create();
        }}
      />
      <DraftChoices
        assignee={assignee}
        project={project}
        reviewer={reviewer}
        priority={priority}
        workspace={workspace}
        parents={parents}
      />
      <LabelInput name="Labels" labels={labels} onChange={setLabels} placeholder="Add a label" />
      <div className={styles.row}>
        <Button size="small" look="quiet" onClick={close}>
          Close
        </Button>
        <Button size="small" look="primary" type="submit" disabled={!hasTitle || isBusy}>
          Create
        </Button>
      </div>
    </form>
  );
}
