import { z } from 'zod';
import { Millis, ProposalId, RunId, SessionId, TaskId } from './ids.ts';

export const TOOL_KINDS = [
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'think',
  'fetch',
  'switch_mode',
  'other',
] as const;
export const ToolKind = z.enum(TOOL_KINDS);
export type ToolKind = z.infer<typeof ToolKind>;

/** A change of one file as the agent reported it. `oldText` is null for a new file. */
export const FileChange = z.object({
  path: z.string(),
  oldText: z.string().nullable(),
  newText: z.string(),
});
export type FileChange = z.infer<typeof FileChange>;

export const PlanEntry = z.object({
  content: z.string(),
  status: z.enum(['pending', 'in_progress', 'completed']),
  priority: z.enum(['high', 'medium', 'low']).nullable(),
});
export type PlanEntry = z.infer<typeof PlanEntry>;

const base = { itemId: z.string().max(200), at: Millis };

/** One merged entry of a conversation. An item may be sent again with the same `itemId`: the newer one replaces it. */
export const TranscriptItem = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('prompt'),
    author: z.string(),
    text: z.string(),
  }),
  z.object({
    ...base,
    kind: z.literal('message'),
    text: z.string(),
    isComplete: z.boolean(),
  }),
  z.object({
    ...base,
    kind: z.literal('thought'),
    text: z.string(),
    isComplete: z.boolean(),
  }),
  z.object({
    ...base,
    kind: z.literal('tool'),
    title: z.string(),
    toolKind: ToolKind,
    status: z.enum(['pending', 'in_progress', 'completed', 'failed']),
    /** Set when the call was made by a subagent: the item of the call that started it. */
    parentItemId: z.string().nullable(),
    paths: z.array(z.string()),
    /** The call's arguments as JSON text, cut at 8 KiB. */
    input: z.string().nullable(),
    /** What it printed or returned, the last 32 KiB. */
    output: z.string().nullable(),
    changes: z.array(FileChange),
    startedAt: Millis,
    endedAt: Millis.nullable(),
  }),
  z.object({ ...base, kind: z.literal('plan'), entries: z.array(PlanEntry) }),
  z.object({
    ...base,
    kind: z.literal('permission'),
    requestId: z.string(),
    proposalId: ProposalId.nullable(),
    title: z.string(),
    outcome: z.enum(['pending', 'allowed', 'denied', 'answered', 'withdrawn']),
    /** Who or what decided: a person's name, `policy`, or why it was withdrawn. */
    decidedBy: z.string().nullable(),
    /** The agent's own option that was picked. */
    choice: z.string().nullable().default(null),
  }),
  z.object({
    ...base,
    kind: z.literal('turn'),
    phase: z.enum(['started', 'ended']),
    stopReason: z.string().nullable(),
  }),
  z.object({
    ...base,
    kind: z.literal('notice'),
    level: z.enum(['note', 'warning', 'error']),
    text: z.string(),
  }),
]);
export type TranscriptItem = z.infer<typeof TranscriptItem>;

/** A stored item with its place in the conversation (`ordinal`) and the session revision it was last written at. */
export const StoredItem = z.object({
  ordinal: z.number().int(),
  rev: z.number().int(),
  item: TranscriptItem,
});
export type StoredItem = z.infer<typeof StoredItem>;

export const Session = z.object({
  id: SessionId,
  runId: RunId.nullable(),
  taskId: TaskId.nullable(),
  profile: z.string(),
  title: z.string(),
  createdAt: Millis,
  /** Revision of the newest item; grows by one with every stored item. */
  rev: z.number().int(),
  turn: z.enum(['idle', 'working', 'ended']),
});
export type Session = z.infer<typeof Session>;

/** Items written after revision `since`, oldest place first, and the revision they lead to. */
export const Transcript = z.object({
  session: Session,
  items: z.array(StoredItem),
  rev: z.number().int(),
});
export type Transcript = z.infer<typeof Transcript>;

/** Text that is being written now. `offset` is where it belongs in the item's text, so that a reader can drop or detect overlap. */
export const TextDelta = z.object({
  sessionId: SessionId,
  itemId: z.string(),
  kind: z.enum(['message', 'thought']),
  offset: z.number().int(),
  text: z.string(),
});
export type TextDelta = z.infer<typeof TextDelta>;

export const PromptInput = z.object({ text: z.string().trim().min(1).max(100_000) }).strict();
