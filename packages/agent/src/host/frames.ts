import { CommandId } from '@quarterdeck/contract/ids';
import { JournalLine } from '@quarterdeck/contract/journal';
import { RunCommand } from '@quarterdeck/contract/runner-protocol';
import { TextDelta } from '@quarterdeck/contract/session';
import { z } from 'zod';

/** What a runner says to a host, one JSON text per line on the host's socket. */
export const ToHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), afterSeq: z.number().int().nonnegative() }),
  z.object({ type: z.literal('command'), commandId: CommandId, command: RunCommand }),
  z.object({ type: z.literal('beat') }),
]);
export type ToHost = z.infer<typeof ToHost>;

/** What a host says to its runner. */
export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), pid: z.number().int() }),
  z.object({ type: z.literal('line'), line: JournalLine }),
  z.object({ type: z.literal('delta'), delta: TextDelta }),
  z.object({ type: z.literal('accepted'), commandId: CommandId }),
]);
export type FromHost = z.infer<typeof FromHost>;
