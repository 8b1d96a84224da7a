import type { Event } from '@quarterdeck/contract/event';
import type { EventLog } from '@quarterdeck/core/events';
import { sql } from 'kysely';
import { putRows } from '../dialect/put-rows.ts';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

export function eventLog(context: StoreContext): EventLog {
  const { connection } = context;
  return {
    async append(drafts, at) {
      for (const draft of drafts) context.drafts.push({ draft, at });
    },
    async since(cursor, limit) {
      const rows = await connection
        .selectFrom('events')
        .selectAll()
        .where('seq', '>', cursor)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(toEvent);
    },
    async ofTask(taskId, limit) {
      const query = connection
        .selectFrom('events')
        .selectAll()
        .where('taskId', '=', taskId)
        .orderBy('seq', 'desc')
        .limit(limit);
      return (await query.execute()).map(toEvent);
    },
    latestSeq: () => latestSeq(context),
  };
}

async function latestSeq({ connection }: StoreContext): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select coalesce(max(seq), 0) as seq from events`.execute(
    connection,
  );
  return rows[0]?.seq ?? 0;
}

/**
 * Numbers and writes what the transaction appended, just before it commits. The lock makes the order of numbers the order of
 * commits, and a number that is rolled back is given again, so the log has no gaps.
 */
export async function flushEvents(context: StoreContext): Promise<Event[]> {
  if (context.drafts.length === 0) return [];
  await context.dialect.lock(context.connection, 'events');
  const first = (await latestSeq(context)) + 1;
  const events = context.drafts.map(({ draft, at }, index): Event => ({ ...draft, at, seq: first + index }));
  await putRows(context, { table: 'events', rows: events.map(toRow) });
  return events;
}

function toRow(event: Event): Tables['events'] {
  return {
    seq: event.seq,
    at: event.at,
    kind: event.kind,
    actor: event.actor,
    taskId: event.taskId,
    projectId: event.projectId,
    runId: event.runId,
    payload: JSON.stringify(event.payload),
  };
}

function toEvent(row: Tables['events']): Event {
  return { ...row, payload: fromJson(row.payload) } as Event;
}
