import type { ProjectId, ProposalId, RunId, SessionId, TaskId } from '@quarterdeck/contract/ids';
import type { PermissionDetail, Proposal } from '@quarterdeck/contract/proposal';
import { TEST_START } from '../store/test-clock.ts';

/** What an agent asks for: by default to run `npm test`. */
export function makeDetail(fields: Partial<PermissionDetail> = {}): PermissionDetail {
  return {
    toolKind: 'execute',
    title: 'Run npm test',
    command: 'npm test',
    paths: [],
    mcpTool: null,
    changes: [],
    input: null,
    places: (fields.paths ?? []).map((path) => ({ path, inside: path })),
    text: null,
    options: [
      { id: 'once', name: 'Allow once', kind: 'allow_once' },
      { id: 'reject', name: 'Reject', kind: 'reject_once' },
    ],
    ...fields,
  };
}

/** A pending request of the run `r_0000`. */
export function makeProposal(
  fields: Partial<Omit<Proposal, 'id'>> & { readonly id?: string } = {},
): Proposal {
  const { id = 'a_0000', ...rest } = fields;
  return {
    id: id as ProposalId,
    kind: 'permission',
    status: 'pending',
    projectId: 'p_general' as ProjectId,
    taskId: 't_0000' as TaskId,
    runId: 'r_0000' as RunId,
    sessionId: 's_0000' as SessionId,
    profile: 'alpha',
    requestId: id,
    title: 'Run npm test',
    detail: makeDetail(),
    widerRule: 'npm test …',
    createdAt: TEST_START,
    ruledAt: null,
    ruledBy: null,
    scope: null,
    reason: null,
    choice: null,
    ...rest,
  };
}
