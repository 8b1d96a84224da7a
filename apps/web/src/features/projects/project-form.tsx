import { type Project, workspaceKindsOf } from '@quarterdeck/contract/project';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useAgents } from '../agents/use-agents.ts';
import styles from './settings-page.module.css';
import { useProjectEdits } from './use-project-edits.ts';
import { WORKSPACE_WORDS } from './workspace-words.ts';

/** The settings of one project. */
export function ProjectForm({ project }: { readonly project: Project }) {
  const agents = useAgents();
  const { draft, isChanged, error, set, save } = useProjectEdits(project);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label="Name">
        {(id) => <input id={id} required maxLength={120} value={draft.name} onChange={set('name')} />}
      </Field>
      <Field label="Agent for new tasks" hint="Taken for tasks that name none.">
        {(id, describedBy) => (
          <select
            id={id}
            aria-describedby={describedBy}
            value={draft.defaultProfile}
            onChange={set('defaultProfile')}
          >
            <option value="">None</option>
            {agents.map(({ profile, name }) => (
              <option key={profile} value={profile}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Base branch"
        hint="Work starts from it. Empty means the branch that was checked out when the project was added."
      >
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            spellCheck={false}
            value={draft.baseBranch}
            onChange={set('baseBranch')}
          />
        )}
      </Field>
      <Field label="Where agents work" hint="Taken for tasks that do not say it.">
        {(id, describedBy) => (
          <select
            id={id}
            aria-describedby={describedBy}
            value={draft.workspaceKind}
            onChange={set('workspaceKind')}
          >
            <option value="">{`${WORKSPACE_WORDS[workspaceKindsOf(project.kind)[0]]} (as usual)`}</option>
            {workspaceKindsOf(project.kind)
              .slice(1)
              .map((kind) => (
                <option key={kind} value={kind}>
                  {WORKSPACE_WORDS[kind]}
                </option>
              ))}
          </select>
        )}
      </Field>
      <Field label="Setup command" hint="Run once in every fresh workspace, such as npm ci.">
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            spellCheck={false}
            value={draft.setupCommand}
            onChange={set('setupCommand')}
          />
        )}
      </Field>
      <Field label="Agents at once" hint="Empty means no limit of its own; 0 pauses the project.">
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            type="number"
            min={0}
            max={1000}
            value={draft.maxConcurrentRuns}
            onChange={set('maxConcurrentRuns')}
          />
        )}
      </Field>
      <Field
        label="Budget in dollars"
        hint="20/day, 300/month, or 50 for 50 dollars in all. No run starts that would pass it. Empty means none."
      >
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            spellCheck={false}
            placeholder="20/day"
            value={draft.budget}
            onChange={set('budget')}
          />
        )}
      </Field>
      <div className={styles.row}>
        {error && (
          <span role="alert" className={styles.error}>
            {error}
          </span>
        )}
        <Button type="submit" look="primary" disabled={!isChanged}>
          Save
        </Button>
      </div>
    </form>
  );
}
