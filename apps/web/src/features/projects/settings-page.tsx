import type { Project } from '@quarterdeck/contract/project';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { AddProject } from './add-project.tsx';
import { ProjectForm } from './project-form.tsx';
import styles from './settings-page.module.css';

/** The projects Quarterdeck works in and how. */
export function SettingsPage() {
  const projects = useLive((state) => state.board.projects);
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Projects</h1>
      <p className={styles.text}>
        A project is a git repository, a folder in one, or any other folder on the runner's machine. Agents
        work beside it: on branches of their own, or in copies of a folder without git.
      </p>
      <AddProject onAdded={setOpenId} />
      <ul className={styles.list}>
        {[...projects.values()].map((project) => (
          <ProjectRow
            key={project.id}
            project={project}
            isOpen={project.id === openId}
            onToggle={() => setOpenId(project.id === openId ? null : project.id)}
          />
        ))}
      </ul>
    </div>
  );
}

interface ProjectRowProps {
  readonly project: Project;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function ProjectRow({ project, isOpen, onToggle }: ProjectRowProps) {
  return (
    <li className={styles.project}>
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={onToggle}>
        <ChevronRight aria-hidden="true" />
        <strong>{project.name}</strong>
        <code>{project.path}</code>
        <span>{project.subfolder === null ? project.kind : 'folder in git'}</span>
      </button>
      {isOpen && <ProjectForm key={JSON.stringify(project)} project={project} />}
    </li>
  );
}
