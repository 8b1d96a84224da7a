import type { Project } from '@quarterdeck/contract/project';
import type { TaskStatus } from '@quarterdeck/contract/status';
import { useSearch } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';
import { Menu } from '../../ui/menu.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useAssignees } from '../task/use-assignee-items.tsx';
import { useBoardUi } from './board-ui.ts';
import { revealCard } from './card-focus.ts';
import { createTask, readDraft } from './create-task.ts';
import styles from './inline-create.module.css';

/** The column may be beside the screen when the box was opened by key. */
const bringIntoSight = (box: HTMLElement | null) =>
  box?.scrollIntoView({ inline: 'nearest', block: 'nearest' });

const close = () => useBoardUi.setState({ creatingIn: null });

/** A box at the top of a column for one task after another. */
export function InlineCreate({ status }: { readonly status: TaskStatus }) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const project = useDraftProject();
  const assignee = useDraftAssignee(project.chosen?.defaultProfile ?? null);
  const hasTitle = readDraft(text).title !== '';
  const create = async () => {
    if (!hasTitle || isBusy) return;
    setBusy(true);
    const task = await createTask({
      text,
      status,
      projectId: project.chosen?.id ?? null,
      assignee: assignee.chosen,
    });
    setBusy(false);
    if (!task) return;
    setText('');
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
        // biome-ignore lint/a11y/noAutofocus: the person just asked for this box
        autoFocus
        rows={3}
        value={text}
        aria-label="Title; further lines become the description"
        placeholder="What should be done?"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            close();
          }
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void create();
        }}
      />
      <div className={styles.choices}>
        <Menu
          label="Give it to"
          items={assignee.items}
          trigger={
            <button
              type="button"
              className={styles.choice}
              aria-label={`Assignee: ${assignee.chosen ?? 'Nobody yet'}`}
            >
              {assignee.chosen ? (
                <Avatar name={assignee.chosen} agentInitials={assignee.initials} size={15} />
              ) : null}
              <span>{assignee.chosen ?? 'Nobody yet'}</span>
              <ChevronDown aria-hidden="true" />
            </button>
          }
        />
        {project.items.length > 1 && (
          <Menu
            label="Project"
            items={project.items}
            trigger={
              <button
                type="button"
                className={styles.choice}
                aria-label={`Project: ${project.chosen?.name ?? 'No project'}`}
              >
                <span>{project.chosen?.name ?? 'No project'}</span>
                <ChevronDown aria-hidden="true" />
              </button>
            }
          />
        )}
      </div>
      <div className={styles.row}>
        <span className={styles.hint}>⇧↵ adds a description</span>
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

function useDraftProject() {
  const projects = useLive((state) => state.board.projects);
  const { project: filtered } = useSearch({ strict: false });
  const [picked, setPicked] = useState<string | null>(null);
  const all = [...projects.values()];
  const chosen = projects.get(picked ?? filtered ?? readSetting('project', '')) ?? usualProject(all);
  const items = all.map(({ id, name }) => ({
    key: id,
    label: name,
    isOn: id === chosen?.id,
    onSelect: () => {
      setPicked(id);
      writeSetting('project', id);
    },
  }));
  return { chosen, items };
}

/** Before anybody chose: the newest project that has an agent, else the first there is. */
function usualProject(all: readonly Project[]): Project | undefined {
  return all.findLast(({ defaultProfile }) => defaultProfile !== null) ?? all[0];
}

function useDraftAssignee(byDefault: string | null) {
  const choices = useAssignees();
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const chosen = picked === undefined ? byDefault : picked;
  const items = [
    ...choices.map(({ name, initials, hint }) => ({
      key: name,
      label: name,
      icon: <Avatar name={name} agentInitials={initials} size={16} />,
      hint,
      isOn: name === chosen,
      onSelect: () => setPicked(name),
    })),
    'line' as const,
    { key: '-none', label: 'Nobody yet', isOn: chosen === null, onSelect: () => setPicked(null) },
  ];
  return { chosen, items, initials: choices.find(({ name }) => name === chosen)?.initials ?? null };
}
