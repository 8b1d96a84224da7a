import type { CommandId } from '@quarterdeck/contract/ids';
import type { Ids } from '../../events/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import type { SupervisionPorts } from '../ports.ts';

/** Puts the answer to a request on its way to the agent. */
export async function answerAgent(
  ports: Pick<SupervisionPorts, 'commands'> & { readonly ids: Ids },
  answer: {
    readonly run: Pick<RunRecord, 'id' | 'runnerId'>;
    readonly requestId: string;
    readonly decision: 'allow' | 'deny';
    readonly by: string;
    readonly now: number;
  },
): Promise<void> {
  const { run, requestId, decision, by, now } = answer;
  const commandId = ports.ids.next('c') as CommandId;
  await ports.commands.enqueue(
    [
      {
        commandId,
        runId: run.id,
        runnerId: run.runnerId,
        command: { kind: 'answer', requestId, decision, by },
      },
    ],
    now,
  );
}
