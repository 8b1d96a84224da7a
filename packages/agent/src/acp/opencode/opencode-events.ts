import { z } from 'zod';

// Only what we use of opencode 1.18's events, read loosely: its own types lag behind what it sends.

const amount = z.number().catch(0);
const SessionNote = z.object({
  sessionID: z.string(),
  info: z.object({
    parentID: z.string().nullish().catch(null),
    cost: amount,
    tokens: z
      .object({
        input: amount,
        output: amount,
        reasoning: amount,
        cache: z.object({ read: amount }).catch({ read: 0 }),
      })
      .nullish()
      .catch(null),
  }),
});

export const PermissionAsked = z.object({
  id: z.string(),
  sessionID: z.string(),
  permission: z.string(),
  patterns: z.array(z.string()).catch([]),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  tool: z.object({ callID: z.string() }).nullish().catch(null),
});
export type PermissionAsked = z.infer<typeof PermissionAsked>;

const ToolPart = z.object({
  type: z.literal('tool'),
  sessionID: z.string(),
  callID: z.string(),
  tool: z.string(),
  state: z.object({
    status: z.enum(['pending', 'running', 'completed', 'error']),
    title: z.string().nullish().catch(null),
    input: z.unknown().optional(),
    output: z.string().nullish().catch(null),
    error: z.string().nullish().catch(null),
    metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  }),
});
export type ToolPart = z.infer<typeof ToolPart>;

const payload = <Type extends string, Fields extends z.ZodType>(type: Type, properties: Fields) =>
  z.object({ type: z.literal(type), properties });

const Event = z.object({
  payload: z.discriminatedUnion('type', [
    payload('session.created', SessionNote),
    payload('session.updated', SessionNote),
    payload('permission.asked', PermissionAsked),
    payload('permission.replied', z.object({ requestID: z.string() })),
    payload('todo.updated', z.object({ sessionID: z.string(), todos: z.array(z.unknown()) })),
    payload('message.part.updated', z.object({ part: ToolPart })),
    payload(
      'session.status',
      z.object({
        sessionID: z.string(),
        status: z.object({
          type: z.string(),
          message: z.string().nullish().catch(null),
          /** When it asks its model again, milliseconds since the epoch. */
          next: z.number().nullish().catch(null),
        }),
      }),
    ),
  ]),
});
export type OpencodeEvent = z.infer<typeof Event>['payload'];

/** An event of `/global/event`, or null when it is of no use to us. */
export function parseEvent(text: string): OpencodeEvent | null {
  try {
    return Event.safeParse(JSON.parse(text)).data?.payload ?? null;
  } catch {
    return null;
  }
}
