import { createHash } from 'node:crypto';
import type { ToolFields } from './acp-update.ts';
import { pathsOfCall } from './call-paths.ts';
import { clipEnd, clipStart } from './clip.ts';
import { noteActivity } from './note-activity.ts';
import { noteRefusal } from './note-refusal.ts';
import { changesOf, inputOf, outputDeltaOf, outputOf, parentOf, titleOf, toolNameOf } from './tool-fields.ts';
import type { Announced, Step, ToolItem, TrackedTool, TranscriptState } from './transcript-state.ts';
import { inOrder, silently } from './transcript-state.ts';

const MAX_OUTPUT_CHARS = 32 * 1024;
const MAX_TITLE_CHARS = 400;
const MAX_PATHS = 100;
/** More than a request may name before it counts as too much to look through. */
const MAX_ANNOUNCED_PATHS = 1000;
const MAX_TRACKED = 64;
const FLUSH_MS = 1000;

/** Where the fields came from: a permission request only fills in what the call itself has not said. */
export type ToolSource = 'tool_call' | 'tool_call_update' | 'request_permission';

/** Creates or changes the item of a tool call. A change of output alone is written down at most once a second. */
export function upsertTool(
  state: TranscriptState,
  { fields, source }: { readonly fields: ToolFields; readonly source: ToolSource },
  now: number,
): Step {
  const known = findKnown(state, fields.toolCallId, source);
  const before = known?.item ?? emptyItem(state, fields.toolCallId, now);
  const item = source === 'request_permission' ? fillIn(before, fields) : settle(merge(before, fields), now);
  const isUrgent = known === null || item.status !== before.status || item.title !== before.title;
  const announced = announce(known?.announced ?? null, { fields, source, isOpen: isOpen(item) });
  const tracked = { item, announced, turn: state.turn, isDirty: true, flushedAt: known?.flushedAt ?? now };
  const hasWorked = state.done.hasWorked || item.status === 'completed';
  return inOrder(
    state,
    (prior) => silently({ ...prior, tools: track(prior.tools, fields.toolCallId, tracked) }),
    (prior) => silently({ ...prior, done: { ...prior.done, hasWorked } }),
    (after) => flushTool(after, fields.toolCallId, isUrgent ? Number.POSITIVE_INFINITY : now),
    (after) => (isOpen(item) ? noteActivity(after, item.title, now) : silently(after)),
    (after) => noteRefusal(after, { askedAs: fields.toolCallId, item }, now),
  );
}

/** Writes down the calls whose changes have waited long enough, or all of them. */
export function flushTools(state: TranscriptState, now: number): Step {
  const ids = [...state.tools.keys()];
  return inOrder(state, ...ids.map((id) => (before: TranscriptState) => flushTool(before, id, now)));
}

/** Ends the calls that are still open, because nobody will report on them any more. */
export function failOpenTools(state: TranscriptState, now: number): Step {
  const open = [...state.tools].filter(([, { item }]) => isOpen(item));
  const fail = (id: string) => (before: TranscriptState) => {
    const found = before.tools.get(id);
    if (found === undefined) return silently(before);
    const item: ToolItem = { ...found.item, status: 'failed', endedAt: now };
    const tools = track(before.tools, id, { ...found, item, isDirty: true });
    return flushTool({ ...before, tools }, id, Number.POSITIVE_INFINITY);
  };
  return inOrder(state, ...open.map(([id]) => fail(id)));
}

/** A tool call as known now. */
export function trackedTool(state: TranscriptState, toolCallId: string): TrackedTool | null {
  return state.tools.get(toolCallId) ?? null;
}

interface Said {
  readonly fields: ToolFields;
  readonly source: ToolSource;
  readonly isOpen: boolean;
}

function announce(before: Announced | null, { fields, source, isOpen }: Said): Announced | null {
  if (source === 'request_permission') return before;
  const named = pathsOfCall(fields);
  return {
    title: fields.title || before?.title || null,
    kind: fields.kind ?? before?.kind ?? null,
    toolName: toolNameOf(fields) ?? before?.toolName ?? null,
    rawInput: isSaid(fields.rawInput) ? fields.rawInput : before?.rawInput,
    paths: [...new Set([...(before?.paths ?? []), ...named.paths])].slice(0, MAX_ANNOUNCED_PATHS),
    arePathsWhole: named.isComplete && (before?.arePathsWhole ?? true),
    isOpen,
  };
}

function isSaid(input: unknown): boolean {
  return typeof input === 'object' && input !== null ? Object.keys(input).length > 0 : Boolean(input);
}

function flushTool(state: TranscriptState, id: string, now: number): Step {
  const found = state.tools.get(id);
  if (found === undefined || !found.isDirty || now - found.flushedAt < FLUSH_MS) return silently(state);
  const flushedAt = Number.isFinite(now) ? now : found.flushedAt;
  const tools = new Map(state.tools).set(id, { ...found, isDirty: false, flushedAt });
  const item = { ...found.item, title: found.item.title || 'Tool call' };
  return { state: { ...state, tools }, entries: [{ kind: 'item', item }], deltas: [] };
}

// Some models count their calls anew in every turn: an ended call of an earlier turn is not meant.
function findKnown(state: TranscriptState, id: string, source: ToolSource): TrackedTool | null {
  const found = state.tools.get(id);
  if (found === undefined) return null;
  const isReused = source !== 'tool_call_update' && found.turn !== state.turn && !isOpen(found.item);
  return isReused ? null : found;
}

function emptyItem(state: TranscriptState, toolCallId: string, now: number): ToolItem {
  const isReused = state.tools.has(toolCallId);
  return {
    kind: 'tool',
    itemId: itemIdOf(isReused ? `${toolCallId}#${state.turn}` : toolCallId),
    at: now,
    title: '',
    toolKind: 'other',
    status: 'pending',
    parentItemId: null,
    paths: [],
    input: null,
    output: null,
    changes: [],
    startedAt: now,
    endedAt: null,
  };
}

function merge(before: ToolItem, fields: ToolFields): ToolItem {
  const changes = changesOf(fields.content);
  const parent = parentOf(fields);
  const whole = outputOf(fields);
  const gained = outputDeltaOf(fields);
  const output = gained === null ? (whole ?? before.output) : (before.output ?? '') + gained;
  return {
    ...before,
    title: clipEnd(titleOf(fields) || before.title || toolNameOf(fields) || '', MAX_TITLE_CHARS),
    toolKind: fields.kind ?? before.toolKind,
    status: fields.status ?? before.status,
    parentItemId: parent === null ? before.parentItemId : itemIdOf(parent),
    paths: pathsOf(before, fields, changes),
    input: inputOf(fields.rawInput) ?? before.input,
    output: output === null ? null : clipStart(output, MAX_OUTPUT_CHARS),
    changes: changes ?? before.changes,
  };
}

function fillIn(before: ToolItem, fields: ToolFields): ToolItem {
  const asked = merge(before, { ...fields, status: null });
  return {
    ...asked,
    title: before.title || asked.title,
    toolKind: before.toolKind === 'other' ? asked.toolKind : before.toolKind,
    input: before.input ?? asked.input,
    changes: before.changes.length > 0 ? before.changes : asked.changes,
  };
}

function settle(item: ToolItem, now: number): ToolItem {
  return { ...item, endedAt: isOpen(item) ? null : (item.endedAt ?? now) };
}

function isOpen({ status }: ToolItem): boolean {
  return status === 'pending' || status === 'in_progress';
}

function pathsOf(before: ToolItem, fields: ToolFields, changes: ToolItem['changes'] | null): string[] {
  const located = (fields.locations ?? []).filter((path) => path !== null);
  const told = [...located, ...(changes ?? []).map(({ path }) => path)];
  return told.length === 0 ? before.paths : [...new Set(told)].slice(0, MAX_PATHS);
}

function itemIdOf(toolCallId: string): string {
  if (toolCallId.length <= 180) return `tool:${toolCallId}`;
  return `tool:${createHash('sha256').update(toolCallId).digest('hex')}`;
}

function track(
  tools: TranscriptState['tools'],
  id: string,
  tool: TrackedTool,
): ReadonlyMap<string, TrackedTool> {
  const next = new Map(tools).set(id, tool);
  for (const [oldId, { item, isDirty }] of next) {
    if (next.size <= MAX_TRACKED) break;
    if (oldId !== id && !isDirty && !isOpen(item)) next.delete(oldId);
  }
  return next;
}
