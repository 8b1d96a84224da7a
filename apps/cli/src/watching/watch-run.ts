import { ok, type Result } from '@quarterdeck/contract/result';
import { glanceAt, type Run, type RunGlance } from '@quarterdeck/contract/run';
import type { StoredItem } from '@quarterdeck/contract/session';
import { silenceOf } from '@quarterdeck/contract/silence';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import type { Context } from '../command/context.ts';
import { costText, countOf, countText, durationText } from '../output/amount-text.ts';
import { oneLine } from '../output/plain-text.ts';
import { runMark } from '../output/status-mark.ts';
import { followStream } from '../server/follow-stream.ts';
import { createLiveScreen, type LiveScreen } from './live-screen.ts';
import { createTranscriptView, type TranscriptView } from './transcript-view.ts';

interface Watching {
  readonly context: Context;
  readonly run: Run;
  readonly screen: LiveScreen;
  readonly view: TranscriptView;
  /** Revision of the transcript up to which everything is shown. */
  rev: number;
  /** What is known of what its agent does. */
  glance: RunGlance;
}

/** A run that has ended, and the event that said so. */
export interface EndedRun {
  readonly run: Run;
  readonly seq: number;
}

interface WatchFrom {
  readonly since: number;
  readonly signal: AbortSignal;
}

/** Shows a run's conversation while it goes on; null when the signal aborts first. */
export async function watchRun(
  context: Context,
  run: Run,
  from: WatchFrom,
): Promise<Result<EndedRun | null>> {
  const watching = startWatching(context, run);
  try {
    if (run.status === 'ended') {
      const caughtUp = await catchUp(watching);
      return caughtUp.ok ? showEnd(watching, { run, seq: from.since }) : caughtUp;
    }
    const following = { ...from, watch: [run.sessionId] };
    const ended = await followStream(context, following, (frame) => takeFrame(watching, frame));
    return ended.ok && ended.value ? showEnd(watching, ended.value) : ended;
  } finally {
    watching.screen.finish();
  }
}

function startWatching(context: Context, run: Run): Watching {
  const silent = { write: () => undefined };
  const screen = createLiveScreen(context.isJson ? silent : context.terminal.stdout);
  const view = createTranscriptView(context.paint, screen);
  const mark = runMark(run.status, run.outcome);
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : '';
  screen.line(
    `${run.taskId}  ${run.id}  ${oneLine(run.profile)}${attempt}  ${context.paint(mark.tone, mark.text)}`,
  );
  return { context, run, screen, view, rev: 0, glance: glanceAt(run) };
}

async function takeFrame(watching: Watching, frame: StreamFrame): Promise<EndedRun | null> {
  const { context, run, view } = watching;
  switch (frame.type) {
    case 'item':
      if (frame.sessionId === run.sessionId) takeStored(watching, frame.stored);
      return null;
    case 'delta':
      if (frame.delta.sessionId !== run.sessionId) return null;
      if (context.isJson) writeJson(context, frame);
      else view.takeDelta(frame.delta);
      return null;
    case 'activity':
      if (frame.run.id !== run.id) return null;
      watching.glance = frame.run;
      view.takeSilence(null);
      view.takeActivity(frame.run.activity);
      return null;
    case 'heartbeat':
      view.takeSilence(silenceOf({ ...watching.glance, pendingApprovals: null }, frame.at)?.text ?? null);
      return null;
    // Items are live only: what was stored before this connection has to be asked for.
    case 'live':
      await catchUp(watching);
      return null;
    case 'truncated':
      return await findEnded(watching, frame.cursor);
    case 'event':
      if (frame.event.kind !== 'run.ended' || frame.event.payload.run.id !== run.id) return null;
      await catchUp(watching);
      return { run: frame.event.payload.run, seq: frame.event.seq };
    default:
      return null;
  }
}

/** Shows the items written since the last look. A failed look is repeated at the next reconnect and at the end. */
async function catchUp(watching: Watching): Promise<Result<null>> {
  const { context, run } = watching;
  const params = { sessionId: run.sessionId };
  const reply = await context.client.call('session.transcript', { params, query: { since: watching.rev } });
  if (!reply.ok) return reply;
  for (const stored of reply.value.items) show(watching, stored);
  watching.rev = reply.value.rev;
  return ok(null);
}

/** Shows an item of the stream, unless a look at the transcript has brought it already. */
function takeStored(watching: Watching, stored: StoredItem): void {
  if (stored.rev <= watching.rev) return;
  if (stored.rev === watching.rev + 1) watching.rev = stored.rev;
  show(watching, stored);
}

function show({ context, run, view }: Watching, stored: StoredItem): void {
  if (context.isJson) writeJson(context, { type: 'item', sessionId: run.sessionId, stored });
  else view.takeItem(stored);
}

/** The run as it stands now, when the event of its end may have been among those that were skipped. */
async function findEnded({ context, run }: Watching, seq: number): Promise<EndedRun | null> {
  const detail = await context.client.call('task.show', { params: { taskId: run.taskId } });
  const now = detail.ok ? detail.value.runs.find((each) => each.id === run.id) : undefined;
  return now?.status === 'ended' ? { run: now, seq } : null;
}

function showEnd({ context, screen }: Watching, ended: EndedRun): Result<EndedRun> {
  const { run } = ended;
  if (context.isJson) writeJson(context, { type: 'end', run });
  const mark = runMark(run.status, run.outcome);
  const took =
    run.startedAt === null || run.endedAt === null ? null : durationText(run.endedAt - run.startedAt);
  const { usage, diffStat } = run;
  const tokens =
    usage.inputTokens === null ? null : `${countText(usage.inputTokens + (usage.outputTokens ?? 0))} tokens`;
  const cost = usage.costMicros === null ? null : costText(usage.costMicros, usage.costSource);
  const size =
    diffStat === null ? null : `${countOf(diffStat.files, 'file')} +${diffStat.added} -${diffStat.removed}`;
  const facts = [took, tokens, cost, size].filter((fact) => fact !== null).join(', ');
  screen.line(`${context.paint(mark.tone, mark.text)}  ${context.paint('faint', facts)}`.trimEnd());
  const words = run.error ?? run.summary;
  if (words) screen.line(oneLine(words));
  return ok(ended);
}

function writeJson(
  { terminal }: Context,
  frame: StreamFrame | { readonly type: 'end'; readonly run: Run },
): void {
  terminal.stdout.write(`${JSON.stringify(frame)}\n`);
}
