import { ok, type Result } from '@quarterdeck/contract/result';
import type { RouteReply } from '@quarterdeck/contract/routes';
import type { Context } from '../command/context.ts';
import { defineCommand, flag, number } from '../command/define-command.ts';
import { untilInterrupted } from '../command/terminal.ts';
import { eventLine } from '../output/event-text.ts';
import { followStream } from '../server/follow-stream.ts';

type EventFact = RouteReply<'event.list'>['events'][number];

const SHOWN_WITHOUT_SINCE = 50;
const PAGE = 1000;

export const events = defineCommand({
  summary: 'Print what happened, oldest first',
  detail: `Without --since it starts ${SHOWN_WITHOUT_SINCE} events back.`,
  options: {
    follow: flag('go on with what happens now, until Ctrl-C'),
    since: number('<n>', 'only events after this number'),
  },
  examples: ['quarterdeck events', 'quarterdeck events --since 1200 --json', 'quarterdeck events --follow'],
  run: (context, { options }) =>
    untilInterrupted(context.terminal, async (signal) => {
      const start =
        options.since === undefined ? await recentCursor(context) : ok(Math.max(0, options.since));
      if (!start.ok) return start;
      const cursor = await printStored(context, start.value, signal);
      if (!cursor.ok || !options.follow || signal.aborted) return cursor.ok ? 0 : cursor;
      const ended = await followStream(context, { since: cursor.value, signal }, async (frame) => {
        if (frame.type === 'event') printEvent(context, frame.event);
        if (frame.type === 'truncated')
          context.terminal.stderr.write(`Some events were skipped. Going on from ${frame.cursor}.\n`);
        return null;
      });
      return ended.ok ? 0 : ended;
    }),
});

async function recentCursor({ client }: Context): Promise<Result<number>> {
  const board = await client.call('board.show');
  return board.ok ? ok(Math.max(0, board.value.latestEventId - SHOWN_WITHOUT_SINCE)) : board;
}

/** Prints what is in the log already and returns the cursor it leads to. */
async function printStored(context: Context, start: number, signal: AbortSignal): Promise<Result<number>> {
  let cursor = start;
  while (!signal.aborted) {
    const reply = await context.client.call('event.list', { query: { since: cursor, limit: PAGE } });
    if (!reply.ok) return reply;
    for (const event of reply.value.events) printEvent(context, event);
    cursor = reply.value.events.at(-1)?.seq ?? cursor;
    if (reply.value.events.length < PAGE) break;
  }
  return ok(cursor);
}

function printEvent(context: Context, event: EventFact): void {
  context.terminal.stdout.write(
    `${context.isJson ? JSON.stringify(event) : eventLine(context.paint, event)}\n`,
  );
}
