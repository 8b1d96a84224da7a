import { pause } from '@quarterdeck/client/pause';
import type { Result } from '@quarterdeck/contract/result';
import type { RouteReply } from '@quarterdeck/contract/routes';
import { type Context, print } from '../../command/context.ts';
import { defineCommand, flag, number, text } from '../../command/define-command.ts';
import { untilInterrupted } from '../../command/terminal.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { plainText } from '../../output/plain-text.ts';

type Log = RouteReply<'task.log'>;

const POLL_MS = 1000;
const MOST_BYTES = 2_000_000;
const FOLLOWED_BYTES = 65_536;

interface LogRequest {
  readonly taskId: string;
  readonly run: string | undefined;
}

export const taskLog = defineCommand({
  summary: "Print the end of the agent's log",
  arguments: { task: { about: 'id, or its beginning' } },
  options: {
    tail: number('<bytes>', 'how much of the end; all that is kept when unset'),
    run: text('<id>', 'the log of an earlier run'),
    follow: flag('go on with what is added, until the run ends or Ctrl-C'),
  },
  examples: ['quarterdeck task log t_77aa', 'quarterdeck task log t_77aa --tail 4000 --follow'],
  async run(context, { args, options }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const request = { taskId: taskId.value, run: options.run };
    const first = await readLog(context, request, options.tail);
    if (!first.ok) return first;
    if (context.isJson && !options.follow) return print(context, first.value, () => '');
    if (!first.value.exists && !options.follow)
      context.terminal.stderr.write(`${taskId.value} has no log yet.\n`);
    write(context, first.value.content);
    if (!options.follow) return 0;
    return untilInterrupted(context.terminal, (signal) =>
      follow(context, request, { first: first.value, signal }),
    );
  },
});

function readLog(
  { client }: Context,
  { taskId, run }: LogRequest,
  tail: number | undefined,
): Promise<Result<Log>> {
  return client.call('task.log', { params: { taskId }, query: { tail, run } });
}

/** A log lies on the runner's machine and is no part of the event stream, so it is asked for. */
async function follow(context: Context, request: LogRequest, from: { first: Log; signal: AbortSignal }) {
  let seen = from.first.sizeBytes;
  while (!from.signal.aborted) {
    const isOver = await hasNoRun(context, request);
    const news = await readLog(context, request, FOLLOWED_BYTES);
    if (!news.ok) return news;
    const added = news.value.sizeBytes - seen;
    if (added > 0) write(context, await lastBytes(context, request, { log: news.value, count: added }));
    seen = news.value.sizeBytes;
    if (isOver) break;
    await pause(POLL_MS, from.signal).catch(() => undefined);
  }
  return 0;
}

async function lastBytes(
  context: Context,
  request: LogRequest,
  wanted: { log: Log; count: number },
): Promise<string> {
  const count = Math.min(wanted.count, MOST_BYTES);
  const more = count > FOLLOWED_BYTES ? await readLog(context, request, count) : null;
  const content = Buffer.from(more?.ok ? more.value.content : wanted.log.content);
  return content.subarray(Math.max(0, content.length - count)).toString();
}

async function hasNoRun({ client }: Context, { taskId, run }: LogRequest): Promise<boolean> {
  const detail = await client.call('task.show', { params: { taskId } });
  if (!detail.ok) return false;
  const current = detail.value.task.currentRunId;
  return run === undefined ? current === null : current !== run;
}

function write({ terminal, isJson }: Context, content: string): void {
  if (content === '') return;
  if (isJson) terminal.stdout.write(`${JSON.stringify({ content })}\n`);
  else terminal.stdout.write(terminal.stdout.isTTY ? plainText(content) : content);
}
