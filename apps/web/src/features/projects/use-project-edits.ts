import type { Project } from '@quarterdeck/contract/project';
import { useState } from 'react';
import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { sentence } from '../../ui/refusal-toast.ts';
import {
  draftOf,
  draftWith,
  type ProjectDraft,
  type ProjectEdits,
  patchFrom,
  sawNow,
} from './project-draft.ts';
import { showProject } from './show-project.ts';

/** What a person changes in the settings of a project, until it is saved. What others set meanwhile shows in the fields left alone. */
export function useProjectEdits(project: Project) {
  const [edits, setEdits] = useState<ProjectEdits>({});
  const [error, setError] = useState<string | null>(null);
  const draft = draftWith(project, edits);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(project));
  const set = (key: keyof ProjectDraft) => (event: { readonly target: { readonly value: string } }) =>
    setEdits({ ...edits, [key]: { text: event.target.value, saw: edits[key]?.saw ?? project } });
  const save = async () => {
    const patch = patchFrom(draft, edits);
    if (!patch.ok) {
      setError(sentence(patch.refusal.message));
      return;
    }
    const reply = await client.call('project.update', {
      params: { projectId: project.id },
      body: patch.value,
    });
    if (!reply.ok) {
      setError(sentence(reply.refusal.message));
      // Saving once more, after the person was told, replaces what somebody else has set.
      setEdits(sawNow(edits, project));
      return;
    }
    setError(null);
    showProject(reply.value.project);
    setEdits({});
    toast(`${reply.value.project.name} saved`);
  };
  return { draft, isChanged, error, set, save };
}
