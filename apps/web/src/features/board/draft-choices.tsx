import { ChevronDown, X } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { priorityText, priorityWord } from '../../ui/priority-text.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { TaskPicker } from '../task/task-picker.tsx';
import styles from './inline-create.module.css';
import type {
  useDraftAssignee,
  useDraftParents,
  useDraftPriority,
  useDraftProject,
  useDraftReviewer,
  useDraftWorkspace,
} from './use-draft.tsx';

interface DraftChoicesProps {
  readonly assignee: ReturnType<typeof useDraftAssignee>;
  readonly project: ReturnType<typeof useDraftProject>;
  readonly reviewer: ReturnType<typeof useDraftReviewer>;
  readonly priority: ReturnType<typeof useDraftPriority>;
  readonly workspace: ReturnType<typeof useDraftWorkspace>;
  readonly parents: ReturnType<typeof useDraftParents>;
}

/** Who does a new task, where, how early, and after what. */
export function DraftChoices(choices: DraftChoicesProps) {
  const { assignee, project, reviewer, priority, workspace, parents } = choices;
  const given = assignee.chosen ?? 'Nobody yet';
  const place = project.chosen?.name ?? 'No project';
  return (
    <>
      <div className={styles.choices}>
        <Choice label="Give it to" name={`Assignee: ${given}`} items={assignee.items}>
          {assignee.chosen && <Avatar name={assignee.chosen} agentInitials={assignee.initials} size={15} />}
          <span>{given}</span>
        </Choice>
        {project.items.length > 1 && (
          <Choice label="Project" name={`Project: ${place}`} items={project.items}>
            <span>{place}</span>
          </Choice>
        )}
        <Choice label="Reviewed by" name={`Reviewer: ${reviewer.chosen ?? 'Anyone'}`} items={reviewer.items}>
          <span>{reviewer.chosen ? `Reviewer: ${reviewer.chosen}` : 'Reviewer'}</span>
        </Choice>
        <Choice label="Priority" name={`Priority: ${priorityWord(priority.chosen)}`} items={priority.items}>
          <span>
            {priority.chosen !== 0 && <b>{priorityText(priority.chosen)} </b>}
            {priorityWord(priority.chosen)}
          </span>
        </Choice>
        {workspace.items.length > 0 && (
          <Choice label="Where to work" name={`Workspace: ${workspace.word}`} items={workspace.items}>
            <span>{workspace.chosen === null ? 'Workspace' : workspace.word}</span>
          </Choice>
        )}
        <TaskPicker
          label="Waits for: choose a task"
          word="Waits for"
          exclude={parents.ids}
          onPick={parents.add}
        />
      </div>
      {parents.ids.length > 0 && (
        <ul className={styles.parents} aria-label="Waits for">
          {parents.ids.map((id) => (
            <Parent key={id} taskId={id} onRemove={() => parents.remove(id)} />
          ))}
        </ul>
      )}
    </>
  );
}

function Parent({ taskId, onRemove }: { readonly taskId: string; readonly onRemove: () => void }) {
  const card = useLive((state) => state.board.cards.get(taskId));
  return (
    <li>
      {card && <StatusGlyph status={card.status} />}
      <span title={taskId}>{card?.title ?? taskId}</span>
      <button type="button" aria-label={`Do not wait for ${taskId}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </button>
    </li>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly items: readonly (MenuItem | 'line')[];
  readonly children: React.ReactNode;
}

function Choice({ label, name, items, children }: ChoiceProps) {
  return (
    <Menu
      label={label}
      items={items}
      trigger={
        <button type="button" className={styles.choice} aria-label={name}>
          {children}
          <ChevronDown aria-hidden="true" />
        </button>
      }
    />
  );
}
