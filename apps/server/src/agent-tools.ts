import { Readable } from 'node:stream';
import { AGENT_TOOLS } from '@quarterdeck/contract/agent-tools';
import type { RunId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { type AttachmentFiles, addAttachment } from '@quarterdeck/core/board';
import { callAgentTool, findOwningRun, type ToolInput } from '@quarterdeck/core/dispatch';
import type { Secrets } from '@quarterdeck/core/identity';
import type { AgentToolCalls } from './http/http-server-options.ts';
import type { UseCaseDeps } from './use-case-deps.ts';

interface AgentToolDeps extends UseCaseDeps {
  readonly secrets: Secrets;
  readonly attachmentFiles: AttachmentFiles;
}

/** What agents reach over MCP, each call in the name of the run whose token it carries. */
export function agentTools(deps: AgentToolDeps): AgentToolCalls {
  return {
    async authenticate(token) {
      const runId = deps.secrets.runOf(token) as RunId | null;
      if (runId === null) return refuse('sign_in_required');
      const owner = await deps.db.read((ports) => findOwningRun(ports, runId));
      return owner.ok ? ok({ runId }) : owner;
    },
    call: (runId, name, input) =>
      name === 'task_attach'
        ? attachText(deps, runId as RunId, input)
        : callAgentTool(deps, { runId: runId as RunId, call: { name, input } as ToolInput }),
  };
}

/** Text becomes a file of the run's task. Files on the agent's machine are sent by its host, which alone can read them. */
async function attachText(deps: AgentToolDeps, runId: RunId, input: unknown): Promise<Result<unknown>> {
  const { path, name, content } = AGENT_TOOLS.task_attach.input.parse(input);
  if (path !== undefined)
    return refuse('invalid_input', { reason: 'a path can only be attached through the agent host' });
  if (name === undefined || content === undefined)
    return refuse('invalid_input', { reason: 'give a path, or a name and content' });
  const run = await deps.db.read((ports) => ports.runs.find(runId));
  if (run === null) return refuse('run_superseded', { runId });
  const added = await addAttachment(
    { ...deps, files: deps.attachmentFiles },
    {
      taskId: run.taskId,
      name,
      content: Readable.from([Buffer.from(content)]),
      principal: { kind: 'run', runId },
    },
  );
  if (!added.ok) return added;
  const { id, name: attachedAs, size } = added.value;
  return ok({ attachmentId: id, name: attachedAs, size });
}
