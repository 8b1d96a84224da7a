import type { TaskId } from '@quarterdeck/contract/ids';
import { PermissionDetail, type Proposal } from '@quarterdeck/contract/proposal';
import type { ProposalStore } from '@quarterdeck/core/supervision';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

type ProposalRow = Tables['proposals'];

export function proposalStore(context: StoreContext): ProposalStore {
  const { connection } = context;
  const select = () => connection.selectFrom('proposals').selectAll();
  return {
    async insert(proposal) {
      await connection.insertInto('proposals').values(toRow(proposal)).execute();
    },
    async find(proposalId) {
      const query = select().where('id', '=', proposalId);
      const row = await (context.locksRows ? query.forUpdate() : query).executeTakeFirst();
      return row ? toProposal(row) : null;
    },
    async findByRequest(runId, requestId) {
      const row = await select()
        .where('runId', '=', runId)
        .where('requestId', '=', requestId)
        .executeTakeFirst();
      return row ? toProposal(row) : null;
    },
    async save(proposal) {
      const { id, ...changes } = toRow(proposal);
      await connection.updateTable('proposals').set(changes).where('id', '=', id).execute();
    },
    async list(filter) {
      let query = select();
      if (filter.status !== undefined) query = query.where('status', '=', filter.status);
      if (filter.taskId !== undefined) query = query.where('taskId', '=', filter.taskId as TaskId);
      return (await query.orderBy('createdAt').orderBy('id').limit(filter.limit).execute()).map(toProposal);
    },
    async pendingOfRun(runId) {
      return (await select().where('runId', '=', runId).where('status', '=', 'pending').execute()).map(
        toProposal,
      );
    },
    async countPending() {
      const rows = await connection
        .selectFrom('proposals')
        .select((count) => ['taskId', count.fn.countAll<number>().as('count')])
        .where('status', '=', 'pending')
        .groupBy('taskId')
        .execute();
      return new Map(rows.map((row) => [row.taskId, row.count]));
    },
  };
}

function toRow(proposal: Proposal): ProposalRow {
  return {
    ...proposal,
    detail: JSON.stringify(proposal.detail),
    choice: proposal.choice && JSON.stringify(proposal.choice),
  };
}

function toProposal(row: ProposalRow): Proposal {
  // Rows of older builds lack what was added since.
  const detail = PermissionDetail.parse(fromJson(row.detail));
  return { ...row, detail, choice: row.choice === null ? null : fromJson(row.choice) };
}
