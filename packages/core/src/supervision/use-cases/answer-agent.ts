import type { CommandId } from '@quarterdeck/contract/ids';
import type { Ids } from '../../events/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import type { Decided } from '../domain/read-ruling.ts';
import type { SupervisionPorts } from '../ports.ts';

/** Puts the answer to a request on its way to the agent. */
export async function answerAgent(
  ports: Pick<SupervisionPorts, 'commands'> & { readonly ids: Ids },
  answer: {
    readonly run: Pick<RunRecord, 'id' | 'runnerId'>;
    readonly requestId: string;
    readonly decided: Pick<Decided, 'decision' | 'choice'>;
    readonly by: string;
    readonly now: number;
  },
): Promise<void> {
  const { run, requestId, decided, by, now } = answer;
  const commandId = ports.ids.next('c') as CommandId;
  const { decision, choice } = decided;
  await ports.commands.enqueue(
    [
      {
        commandId,
        runId: run.id,
        runnerId: run.runnerId,
        command: { kind: 'answer', requestId, decision, option: choice?.id ?? null, by },
      },
    ],
    now,
  );
}
