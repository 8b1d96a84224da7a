import { z } from 'zod';
import { AgentOffers } from './agent-choice.ts';
import { Millis } from './ids.ts';
import { PermissionDetail } from './proposal.ts';
import { TranscriptItem } from './session.ts';
import { Usage } from './usage.ts';

export const FAILURE_HINTS = [
  'rate_limited',
  'quota_used_up',
  'sign_in_needed',
  'model_refused',
  'provider_error',
  'context_full',
  'content_refused',
  'start_failed',
  'crashed',
] as const;
/** What a host recognised of why an agent could not go on. */
export type FailureHint = (typeof FAILURE_HINTS)[number];

/** One fact an agent host writes to its journal before it sends it. */
export const JournalEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    pid: z.number().int(),
    agentName: z.string(),
    agentVersion: z.string(),
  }),
  /** The agent's own name of its session; `canResume` when a later process can go on with it. */
  z.object({
    kind: z.literal('session'),
    agentSessionId: z.string().max(400),
    canResume: z.boolean(),
    isResumed: z.boolean(),
    /** What can be chosen in it; null when the agent does not say. */
    offers: AgentOffers.nullable().default(null),
  }),
  z.object({ kind: z.literal('item'), item: TranscriptItem }),
  z.object({ kind: z.literal('activity'), text: z.string().max(400) }),
  z.object({ kind: z.literal('usage'), usage: Usage }),
  z.object({
    kind: z.literal('permission'),
    requestId: z.string().max(200),
    detail: PermissionDetail,
  }),
  z.object({
    kind: z.literal('permissionSettled'),
    requestId: z.string().max(200),
    /** What the agent was really told. */
    outcome: z.enum(['allowed', 'denied', 'answered', 'withdrawn']),
    because: z.string().nullable(),
    /** The name of the option that was picked, where a person picked one. */
    choice: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.literal('turn'),
    phase: z.enum(['started', 'ended']),
    stopReason: z.string().nullable(),
  }),
  /** The agent could not go on; `hint` is what the host recognised. */
  z.object({
    kind: z.literal('failure'),
    hint: z.enum(FAILURE_HINTS),
    message: z.string(),
    /** When a provider's limit ends, if it said so. */
    resetAt: Millis.nullable(),
  }),
  /** The agent's whole process group is confirmed dead. Nothing follows. */
  z.object({
    kind: z.literal('exited'),
    code: z.number().int().nullable(),
    signal: z.string().nullable(),
    /** Last lines of its standard error. */
    errorTail: z.string().nullable(),
  }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;

/** An entry with its place: `seq` starts at 1 and has no gaps. */
export const JournalLine = z.object({
  seq: z.number().int().positive(),
  at: Millis,
  entry: JournalEntry,
});
export type JournalLine = z.infer<typeof JournalLine>;
