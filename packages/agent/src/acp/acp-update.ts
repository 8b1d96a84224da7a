import { ToolKind } from '@quarterdeck/contract/session';
import { z } from 'zod';

// What agents send is read loosely on purpose: a field of an unknown shape counts as not given, so that one odd
// field of one agent never loses the rest of its message.

const record = z.record(z.string(), z.unknown());
const loose = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const Located = z.object({ path: z.string() });

/** The paths a call names. An entry that cannot be read is null: it may name anything, so it must not get lost, nor the others with it. */
const Locations = z
  .unknown()
  .optional()
  .transform((given): readonly (string | null)[] | null => {
    if (given === undefined || given === null) return null;
    return Array.isArray(given)
      ? given.map((entry: unknown) => Located.safeParse(entry).data?.path ?? null)
      : [null];
  });
/** What a call shows; one block that is not in a list is a list of one. */
const Blocks = z
  .unknown()
  .optional()
  .transform((given): readonly unknown[] | null => {
    if (given === undefined || given === null) return null;
    return Array.isArray(given) ? given : [given];
  });

/** The fields of a tool call that `tool_call`, `tool_call_update` and `session/request_permission` share. */
export const ToolFields = z.object({
  toolCallId: z.string().min(1),
  title: loose(z.string()),
  // A kind that ACP does not have is not "no kind": it is something else.
  kind: loose(ToolKind.or(z.string().transform(() => 'other' as const))),
  name: loose(z.string()),
  status: loose(z.enum(['pending', 'in_progress', 'completed', 'failed'])),
  locations: Locations,
  content: Blocks,
  rawInput: z.unknown().optional(),
  rawOutput: z.unknown().optional(),
  /** Ours, for calls of a subagent that come over a side channel. */
  parentToolCallId: loose(z.string()),
  _meta: loose(record),
});
export type ToolFields = z.infer<typeof ToolFields>;

const TextBlock = z.object({ type: z.literal('text'), text: z.string() });
const chunk = { messageId: loose(z.string()), content: z.unknown().optional(), _meta: loose(record) };

/** The updates of a session that become part of its transcript or its usage. */
export const KnownUpdate = z.discriminatedUnion('sessionUpdate', [
  z.object({ sessionUpdate: z.literal('agent_message_chunk'), ...chunk }),
  z.object({ sessionUpdate: z.literal('agent_thought_chunk'), ...chunk }),
  z.object({ sessionUpdate: z.literal('tool_call'), ...ToolFields.shape }),
  z.object({ sessionUpdate: z.literal('tool_call_update'), ...ToolFields.shape }),
  z.object({ sessionUpdate: z.literal('plan'), entries: z.array(z.unknown()) }),
  z.object({
    sessionUpdate: z.literal('usage_update'),
    used: loose(z.number()),
    size: loose(z.number()),
    cost: loose(z.object({ amount: z.number(), currency: z.string() })),
    _meta: loose(record),
  }),
  z.object({ sessionUpdate: z.literal('config_option_update'), configOptions: z.unknown().optional() }),
]);
export type KnownUpdate = z.infer<typeof KnownUpdate>;

/** The text of a content block, or null for an image, a link and the like. */
export function blockText(block: unknown): string | null {
  const parsed = TextBlock.safeParse(block);
  return parsed.success ? parsed.data.text : null;
}

/** A value as a plain object, or null. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  const parsed = record.safeParse(value);
  return parsed.success ? parsed.data : null;
}
