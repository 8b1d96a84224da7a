import type { KnownUpdate, ToolFields } from './acp-update.ts';
import { blockText, KnownUpdate as KnownUpdateSchema } from './acp-update.ts';
import { flushActivity, noteActivity } from './note-activity.ts';
import { noteLimit } from './note-limit.ts';
import { takeNotices } from './reduce-notice.ts';
import { showPlan, todosOf } from './reduce-plan.ts';
import { appendText, closeText, flushText } from './reduce-text.ts';
import { failOpenTools, flushTools, upsertTool } from './reduce-tool.ts';
import { changeUsage, flushUsage } from './reduce-usage.ts';
import type { Step, TranscriptState } from './transcript-state.ts';
import { inOrder, nextTurn, silently } from './transcript-state.ts';
import { addTokens, readTokens, takeChoices, takeContext } from './usage-state.ts';

/** Takes one `session/update` of an agent into the transcript; null when it is of no kind we know. */
export function reduceUpdate(state: TranscriptState, update: unknown, now: number): Step | null {
  const parsed = KnownUpdateSchema.safeParse(update);
  return parsed.success ? reduceKnown(state, parsed.data, now) : null;
}

/** Takes the call an agent asks permission for into the transcript, and says that it waits. */
export function reducePermission(
  state: TranscriptState,
  { fields, title }: { readonly fields: ToolFields; readonly title: string },
  now: number,
): Step {
  return inOrder(
    state,
    (before) => closeText(before, now),
    (before) => upsertTool(before, { fields, source: 'request_permission' }, now),
    (before) => noteActivity(before, `Asks for permission: ${title}`, now),
  );
}

/** Writes down what has waited long enough. Call it about once a second. */
export function reduceTick(state: TranscriptState, now: number): Step {
  return inOrder(
    state,
    (before) => flushText(before, now),
    (before) => flushTools(before, now),
    (before) => flushActivity(before, now),
    (before) => flushUsage(before, now, 1000),
  );
}

/** Begins a turn. */
export function reduceTurnStart(state: TranscriptState): Step {
  return silently(nextTurn(state));
}

/** Ends a turn: everything open is written down. `isCutShort`: no agent will report on calls that are still open. */
export function reduceTurnEnd(state: TranscriptState, isCutShort: boolean, now: number): Step {
  return inOrder(
    state,
    (before) => closeText(before, now),
    (before) => (isCutShort ? failOpenTools(before, now) : silently(before)),
    (before) => flushTools(before, Number.POSITIVE_INFINITY),
    (before) => flushActivity(before, Number.POSITIVE_INFINITY),
    (before) => silently({ ...before, activity: { ...before.activity, shownAt: now } }),
    (before) => flushUsage(before, now, 0),
  );
}

/** Adds what the answer to a prompt says about tokens: in ACP's field, or where Gemini and Qwen put it. */
export function reducePromptUsage(state: TranscriptState, answer: unknown, now: number): Step {
  const tokens = readTokens(at(answer, 'usage')) ?? readTokens(at(answer, '_meta', 'quota', 'token_count'));
  return changeUsage(state, (usage) => addTokens(usage, tokens), now);
}

function reduceKnown(state: TranscriptState, update: KnownUpdate, now: number): Step {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
    case 'agent_thought_chunk':
      return reduceChunk(state, update, now);
    case 'tool_call':
    case 'tool_call_update':
      return reduceTool(state, update, now);
    case 'plan':
      return showPlan(state, update.entries, now);
    case 'usage_update':
      return inOrder(
        state,
        (before) => silently(noteLimit(before, update._meta, now)),
        (before) => changeUsage(before, (usage) => takeContext(usage, update), now),
      );
    case 'config_option_update':
      return changeUsage(state, (usage) => takeChoices(usage, update, { model: null, effort: null }), now);
  }
}

type Chunk = Extract<KnownUpdate, { sessionUpdate: 'agent_message_chunk' | 'agent_thought_chunk' }>;

function reduceChunk(state: TranscriptState, update: Chunk, now: number): Step {
  const kind = update.sessionUpdate === 'agent_thought_chunk' ? 'thought' : 'message';
  const piece = blockText(update.content) ?? '';
  const noticed = kind === 'message' ? takeNotices(state, piece, now) : null;
  const text = noticed?.rest ?? piece;
  const tokens = readTokens(update._meta?.['usage']);
  return inOrder(
    state,
    (before) => noticed?.step ?? silently(before),
    (before) => appendText(before, { kind, messageId: update.messageId ?? null, text }, now),
    (before) =>
      tokens === null ? silently(before) : changeUsage(before, (usage) => addTokens(usage, tokens), now),
  );
}

function reduceTool(
  state: TranscriptState,
  update: Extract<KnownUpdate, { toolCallId: string }>,
  now: number,
): Step {
  const todos = todosOf(update);
  return inOrder(
    state,
    (before) => (update.sessionUpdate === 'tool_call' ? closeText(before, now) : silently(before)),
    (before) => upsertTool(before, { fields: update, source: update.sessionUpdate }, now),
    (before) => (todos === null ? silently(before) : showPlan(before, todos, now)),
  );
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}
