import type { CommandId, RunId } from '@quarterdeck/contract/ids';
import type { CommandOutbox, QueuedCommand } from '@quarterdeck/core/runs';
import { putRows } from '../dialect/put-rows.ts';
import { fromJson } from '../schema/row-format.ts';
import type { StoreContext } from '../transaction.ts';

export function commandOutbox(context: StoreContext): CommandOutbox {
  const { connection } = context;
  return {
    async enqueue(commands, at) {
      const rows = commands.map(({ commandId, runId, runnerId, command }) => ({
        commandId,
        runId,
        runnerId,
        command: JSON.stringify(command),
        createdAt: at,
      }));
      await putRows(context, { table: 'commands', rows });
      for (const { runnerId } of commands) context.runnersToWake.add(runnerId);
    },
    async pendingFor(runnerId) {
      const rows = await connection
        .selectFrom('commands')
        .selectAll()
        .where('runnerId', '=', runnerId)
        .orderBy('position')
        .execute();
      return rows.map(
        (row): QueuedCommand => ({
          commandId: row.commandId as CommandId,
          runId: row.runId as RunId,
          runnerId,
          command: fromJson(row.command),
        }),
      );
    },
    async markDone(commandId) {
      await connection.deleteFrom('commands').where('commandId', '=', commandId).execute();
    },
    async dropForRun(runId) {
      await connection.deleteFrom('commands').where('runId', '=', runId).execute();
    },
  };
}
