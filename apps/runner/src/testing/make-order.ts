import { randomBytes } from 'node:crypto';
import { ProjectId, RunId, SessionId, TaskId } from '@quarterdeck/contract/ids';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';

/** An order to work in the folder `path`, with ids of its own. */
export function makeOrder(path: string, changes: Partial<RunOrder> = {}): RunOrder {
  const tail = randomBytes(4).toString('hex');
  return {
    runId: RunId.parse(`r_${tail}`),
    taskId: TaskId.parse(`t_${tail}`),
    sessionId: SessionId.parse(`s_${tail}`),
    title: 'Try the runner',
    model: null,
    effort: null,
    profile: 'fixture',
    purpose: 'work',
    attachments: [],
    prompt: 'Say hello.',
    resume: null,
    token: 'run-token',
    project: {
      id: ProjectId.parse('p_abcd'),
      path,
      kind: 'folder',
      subfolder: null,
      baseBranch: null,
      setupCommand: null,
    },
    workspace: { kind: 'dir', path, branch: null, startFrom: [], base: null, head: null },
    maxRuntimeMs: 60_000,
    ...changes,
  };
}
