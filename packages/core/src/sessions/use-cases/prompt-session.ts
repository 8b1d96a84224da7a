import type { CommandId, SessionId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import type { Clock, Database, Ids } from '../../events/index.ts';
import type { SessionPorts } from '../ports.ts';

interface Deps {
  readonly db: Database<SessionPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Says something to a live agent. It arrives at once when the agent is idle, after the running turn otherwise. */
export async function promptSession(
  deps: Deps,
  input: { readonly sessionId: string; readonly text: string; readonly actor: string },
): Promise<Result<{ ok: true }>> {
  const { sessionId, text, actor } = input;
  return deps.db.write(async (ports) => {
    const session = await ports.sessions.find(sessionId as SessionId);
    if (session === null) return refuse('session_not_found', { sessionId });
    const run = session.runId && (await ports.runs.find(session.runId));
    if (!run || run.status === 'ended' || run.status === 'stopping')
      return refuse('run_not_live', { runId: session.runId });
    const now = deps.clock.now();
    await ports.runs.save({ ...run, activeAt: now });
    const command: RunCommand = { kind: 'prompt', text, author: actor };
    const commandId = deps.ids.next('c') as CommandId;
    await ports.commands.enqueue([{ commandId, runId: run.id, runnerId: run.runnerId, command }], now);
    const { taskId, projectId, id: runId } = run;
    await ports.events.append(
      [
        {
          kind: 'session.prompted',
          actor,
          taskId,
          projectId,
          runId,
          payload: { sessionId: session.id, text },
        },
      ],
      now,
    );
    return ok({ ok: true as const });
  });
}
